using System.Text;
using static XilinIngest.SignedNotes.Tests.Vectors;

namespace XilinIngest.SignedNotes.Tests;

public sealed class The_text_of_a_checkpoint
{
    [Fact]
    public void Names_the_log_its_size_and_its_root()
    {
        Assert.True(CheckpointText.TryParse(Checkpoint, out var checkpoint));
        Assert.Equal(("example.com/behind-the-sofa", 20852163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal("0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62", Convert.ToHexStringLower(checkpoint.Root));
        Assert.Empty(checkpoint.Extensions);
        Assert.Equal(Checkpoint, CheckpointText.Create(checkpoint.Origin, checkpoint.Size, checkpoint.Root).ToString());
    }

    [Fact]
    public void Keeps_the_lines_that_others_add()
    {
        var text = Checkpoint + "Extendo\nand more\n";
        Assert.True(CheckpointText.TryParse(text, out var checkpoint));
        Assert.Equal(["Extendo", "and more"], checkpoint.Extensions);
        Assert.Equal(text, checkpoint.ToString());
    }

    [Theory]
    [InlineData("log\n1\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1 \nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n９\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("log\n1\nAAAA\n")]
    [InlineData("log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n")]
    [InlineData("log\r\n1\r\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\r\n")]
    public void Is_refused_in_another_form(string text) => Assert.False(CheckpointText.TryParse(text, out _));

    [Fact]
    public void Is_not_made_without_a_log_a_size_or_a_root()
    {
        Assert.Throws<ArgumentException>(() => CheckpointText.Create("", 1, new byte[32]));
        Assert.Throws<ArgumentException>(() => CheckpointText.Create("a\nb", 1, new byte[32]));
        Assert.Throws<ArgumentException>(() => CheckpointText.Create("log", -1, new byte[32]));
        Assert.Throws<ArgumentException>(() => CheckpointText.Create("log", 1, new byte[31]));
    }

    [Fact]
    public void Of_bytes_at_random_is_read_only_in_its_one_form()
    {
        var random = new Random(20260731);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = Encoding.UTF8.GetBytes($"{Checkpoint}Extendo\n\n{CheckpointLine}{CosignatureLine}");
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (SignedNote.TryParse(bytes, out var note))
            {
                Assert.Equal(bytes, Encoding.UTF8.GetBytes(note.ToString()));
                if (CheckpointText.TryParse(note.Text, out var checkpoint))
                {
                    Assert.Equal(note.Text, checkpoint.ToString());
                }
            }
        }
    }
}
