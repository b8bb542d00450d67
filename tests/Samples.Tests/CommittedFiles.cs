using System.Text;

namespace XilinIngest.Samples.Tests;

public sealed class CommittedFiles
{
    [Fact]
    public void Are_what_the_generator_writes_byte_for_byte()
    {
        var written = SampleYears.Files(SampleRepository.Catalogue).ToArray();

        Assert.Equal(24, written.Length);
        Assert.Equal(written.Length, SampleRepository.SampleFiles.Count());
        foreach (var (name, text) in written)
        {
            var committed = File.ReadAllBytes(Path.Combine(SampleRepository.Root, "samples", name));
            Assert.True(Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(committed),
                $"{name} differs: run dotnet run --project samples/Generator");
        }
    }

    [Fact]
    public void Stay_small_and_so_does_every_line() => Assert.All(SampleRepository.SampleFiles, file =>
    {
        Assert.InRange(new FileInfo(file).Length, 1, 700_000);
        Assert.All(File.ReadLines(file), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 2, 16 * 1024));
    });

    [Fact]
    public void Are_in_the_order_of_sending() => Assert.All(SampleRepository.SampleFiles, file =>
    {
        var times = File.ReadLines(file)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("submittedAt").GetDateTimeOffset()).ToArray();
        Assert.Equal(times.Order(), times);
    });
}
