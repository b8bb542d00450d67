using XilinIngest.Standalone.Tests.Api;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>The commands of docs/proofs.md, run as they stand there.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class The_commands_of_an_auditor(SampleService whole, PartitionedSample split, GoVerifier go) : IDisposable
{
    private readonly TestFolder _kept = new();

    [Fact]
    public void All_run_here() => Assert.Equal(
        ["settings", "once", "checkpoint", "row", "receipt", "growth", "tree", "openssl", "openssl time"],
        ProofsPage.Blocks.Select(block => block.Name));

    [Fact]
    public Task Verify_one_ledger_of_the_whole_tree() => VerifyAsync(whole.Service, partition: "", row: 777, covering: 300);

    [Fact]
    public Task Verify_the_ledger_of_a_street() => VerifyAsync(split.Service, partition: "32.04.04.004", row: 5, covering: 1);

    [Fact]
    public async Task Find_a_checkpoint_that_was_altered_also_without_Go()
    {
        var page = PageOf(whole.Service, "", 1);
        await page.RunAsync("once");
        await page.RunAsync("checkpoint");
        var note = File.ReadAllText(Checkpoint);
        File.WriteAllText(Checkpoint, note.Replace($"\n{note.Split('\n')[1]}\n", "\n1900\n", StringComparison.Ordinal));
        Assert.NotEqual(0, (await page.TryAsync("openssl")).ExitCode);
        Assert.NotEqual(0, (await page.TryAsync("openssl time")).ExitCode);
        Assert.NotEqual(0, (await page.TryAsync("growth")).ExitCode);
    }

    public void Dispose() => _kept.Dispose();

    private string Checkpoint => _kept.In("checkpoint");

    private async Task VerifyAsync(InProcessService service, string partition, long row, long covering)
    {
        var page = PageOf(service, partition, row);
        await page.RunAsync("once");
        Assert.Contains("verified: log ", await page.RunAsync("checkpoint"), StringComparison.Ordinal);
        Assert.Contains("Signature Verified Successfully", await page.RunAsync("openssl"), StringComparison.Ordinal);
        Assert.Matches("Signature Verified Successfully\n20[0-9]{2}-.* UTC\n", await page.RunAsync("openssl time"));
        Assert.Contains($"verified: row {row} is in the log", await page.RunAsync("row"), StringComparison.Ordinal);
        Assert.Contains($"verified: row {row} is in the log: unit ", await page.RunAsync("receipt"), StringComparison.Ordinal);

        // The auditor kept one of long ago.
        var earlier = await service.GetAsync(
            $"/api/ledger/checkpoint?covering={covering}{(partition.Length > 0 ? $"&partition={partition}" : "")}");
        File.WriteAllText(Checkpoint, IndependentNoteVerifier.NoteOf(earlier));
        Assert.Contains($"verified: the first {(long)earlier["treeSize"]!} of ", await page.RunAsync("growth"), StringComparison.Ordinal);
        Assert.Contains($"verified: row {row} is in the log", await page.RunAsync("tree"), StringComparison.Ordinal);
    }

    private ProofsPage PageOf(InProcessService service, string partition, long row) => new(
        ("SERVICE", service.Client.BaseAddress!.ToString().TrimEnd('/')), ("PARTITION", partition), ("ROW", $"{row}"),
        ("SOURCE", RepositoryFiles.Root), ("AUDIT", _kept.Path), ("GOCACHE", go.Cache));
}
