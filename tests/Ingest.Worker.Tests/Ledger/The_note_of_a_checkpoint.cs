using Microsoft.Extensions.Configuration;
using XilinIngest.Hosting;
using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Tests.Ledger;

public sealed class The_note_of_a_checkpoint : IDisposable
{
    private readonly LedgerFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_that_of_the_public_formats()
    {
        var signed = _ledger.Receipt(ValidSubmission().Bytes()).Checkpoint;
        var note = CheckpointNote.Compose(signed.Origin, signed.TreeSize, signed.Root, signed.Signatures)!;
        Assert.True(CheckpointText.TryParse(note.Text, out var text));
        Assert.Equal((signed.Origin, 1L, signed.Root), (text.Origin, text.Size, Convert.ToHexStringLower(text.Root)));
        var valid = note.Verify(_ledger.Signer.Keys.All.Select(key => key.Key)).Valid;
        Assert.Equal([signed.Origin, signed.Origin + "/time"], valid.Select(signature => signature.Key.Name));
        Assert.Equal([null, signed.Time], valid.Select(signature => signature.Time));
        Assert.Equal(0, signed.Time.Ticks % TimeSpan.TicksPerSecond);
    }

    [Fact]
    public void Is_not_that_of_the_ledger_with_any_part_changed()
    {
        var signed = _ledger.Receipt(ValidSubmission().Bytes()).Checkpoint;
        Assert.True(_ledger.IsSigned(signed));
        Assert.True(_ledger.IsSigned(signed with { Signatures = [.. signed.Signatures, "— witness.example/w1 AAAAAAA="] }));
        Assert.All(
            new[]
            {
                signed with { TreeSize = 2 }, signed with { Root = new string('0', 64) },
                signed with { Root = signed.Root.ToUpperInvariant() },
                signed with { Time = signed.Time.AddSeconds(1) }, signed with { Time = signed.Time.AddTicks(1) },
                signed with { Partition = "32.04" }, signed with { Origin = signed.Origin + "/32.04" }, signed with { Origin = "" },
                signed with { Signatures = [signed.Signatures[0]] }, signed with { Signatures = [signed.Signatures[1]] },
                signed with { Signatures = [] }, signed with { Signatures = null! },
                signed with { Signatures = ["", .. signed.Signatures] },
                signed with { Signatures = [.. signed.Signatures, "no signature"] },
                signed with { Signatures = [string.Join('\n', signed.Signatures)] },
            },
            other => Assert.False(_ledger.IsSigned(other)));
    }

    [Fact]
    public void Names_the_ledger_as_the_setting_says_before_the_first_start_and_never_otherwise()
    {
        Assert.Matches("^xilin/[0-9a-f]{16}$", _ledger.Signer.Origin);
        using var other = new LedgerFixture();
        Assert.NotEqual(_ledger.Signer.Origin, other.Signer.Origin);
        var refused = Assert.Throws<InvalidOperationException>(
            () => CheckpointSigner.LoadOrCreate(_ledger.KeyPath, _ledger.Store, "stats.example/xilin"));
        Assert.Contains("A ledger keeps its name", refused.Message, StringComparison.Ordinal);
        Assert.Contains("名称不能更改", refused.Message, StringComparison.Ordinal);
        Assert.Equal(_ledger.Signer.Origin, CheckpointSigner.LoadOrCreate(_ledger.KeyPath, _ledger.Store, _ledger.Signer.Origin).Origin);
    }

    [Theory]
    [InlineData("stats.example.cn/xilin", true)]
    [InlineData("stats.example.cn/xilin/32.04.04.004", true)]
    [InlineData("stats.example.cn", false)]
    [InlineData("stats.example.cn/", false)]
    [InlineData("stats.example.cn/xilin\n", false)]
    [InlineData("\nstats.example.cn/xilin", false)]
    [InlineData("stats.example.cn/xi lin", false)]
    [InlineData("stats.example.cn/xi+lin", false)]
    [InlineData("stats.example.cn/西林", false)]
    [InlineData("https://stats.example.cn/xilin", false)]
    public void Has_a_name_from_the_setting_that_every_tool_can_read(string setting, bool isValid)
    {
        var settings = new StartupOptions(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Ledger:Origin"] = setting }).Build());
        Assert.Equal(isValid ? setting : null, settings.LedgerOrigin());
    }
}
