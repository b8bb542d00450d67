namespace XilinIngest.Client.Tests.Staff;

/// <summary>What is asked over HTTP, of the real service, in which the street reviews its villages.</summary>
public sealed class Reviewing_reports : IDisposable
{
    private static readonly string[] Report = ["--unit", XilinSubmissions.Dongdai, "--period", "2022-07"];
    private readonly string _catalogue = Directory.CreateTempSubdirectory("xilin-reviews-").FullName;
    private readonly XilinProcess _xilin = new();

    public Reviewing_reports()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue))
        {
            File.Copy(file, Path.Combine(_catalogue, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(_catalogue, "workflow.csv"), "kind,subtree,reviewed,by,from\nvillage,,yes,above,\n");
    }

    public void Dispose()
    {
        _xilin.Dispose();
        Directory.Delete(_catalogue, recursive: true);
    }

    [Fact]
    public async Task Approves_returns_and_lists_them_with_the_reason()
    {
        var service = await InProcessService.StartAsync(_catalogue);
        try
        {
            var server = service.Client.BaseAddress!.ToString();
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(35)));
            Assert.Contains("0/1 审核通过", (await RunAsync(0, "list", [])).Output, StringComparison.Ordinal);
            await RunAsync(2, "return", ["1"]);
            Assert.Contains("F808", (await RunAsync(1, "return", ["1", "--reason", "核实无误"])).Output, StringComparison.Ordinal);
            Assert.Contains("已记入台账第 3 号", (await RunAsync(0, "return", ["1", "--reason", ReviewMessages.ReturnReason])).Output,
                StringComparison.Ordinal);
            await InProcessService.EventuallyAsync(async () => (await RunAsync(0, "list", [])).Output.Contains(
                $"台账第 1 号 审核退回 {ReviewMessages.ReturnReason}", StringComparison.Ordinal));
            await RunAsync(0, "approve", ["1"]);
            Assert.Contains("was approved", (await RunAsync(1, "approve", ["1", "--lang", "en"])).Output, StringComparison.Ordinal);

            // A reason makes no line of its own in the list.
            await RunAsync(0, "return", ["1", "--reason", "本月数与台账不符\n  台账第 9 号 审核通过"]);
            await InProcessService.EventuallyAsync(async () => (await RunAsync(0, "list", [])).Output.Contains(
                "审核退回 本月数与台账不符\\u{A}  台账第 9 号", StringComparison.Ordinal));

            async Task<XilinResult> RunAsync(int exit, string command, string[] arguments) =>
                (await _xilin.RunAsync(["review", command, .. arguments, .. Report, "--server", server])).AssertExitCode(exit);
        }
        finally
        {
            await service.DisposeAsync();
        }
    }
}
