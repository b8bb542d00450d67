namespace XilinIngest.Client.Tests.Submitting;

/// <summary>A row with the year-to-date alone, of a month of history.</summary>
public sealed class An_opening_in_a_file : IAsyncLifetime, IDisposable
{
    private const string Head = "unit,period,revision,indicator,value,unit_of_measure,year_to_date\n";
    private readonly XilinProcess _xilin = new();
    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();
    private InProcessService _service = null!;

    public async Task InitializeAsync()
    {
        await File.WriteAllLinesAsync(_catalogue.In("calendar.csv"),
        [
            "period,opens,deadline,closes,locks",
            "2022-06,2022-07-01T00:00:00+08:00,,2022-10-31T18:00:00+08:00,2022-12-31T18:00:00+08:00",
        ]);
        _service = await InProcessService.StartAsync(_catalogue.Path);
    }

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose()
    {
        _xilin.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Is_taken_named_when_it_was_replaced_and_marked_in_the_lineage()
    {
        var (first, second) = (Csv("a.csv", revision: 1, yearToDate: 990), Csv("b.csv", revision: 2, yearToDate: 995));
        Assert.Contains("F208", (await SubmitAsync(first)).AssertExitCode(0).Output, StringComparison.Ordinal);
        (await SubmitAsync(second)).AssertExitCode(0);
        Assert.Contains("PUBLIC_BUDGET_REVENUE 累计 995（台账第 2 号）", (await SubmitAsync(first)).Output, StringComparison.Ordinal);

        await _service.WaitUntilAppliedAsync(2);
        var told = await _xilin.RunAsync("explain", "--unit", XilinSubmissions.Xilin, "--indicator", "PUBLIC_BUDGET_REVENUE", "--period",
            "2022-06", "--server", Server);
        Assert.Contains("2022-06（补录） 320404004000", told.AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    private string Csv(string file, int revision, int yearToDate) => _xilin.File(
        file, Head + $"{XilinSubmissions.Xilin},2022-06,{revision},PUBLIC_BUDGET_REVENUE,,万元,{yearToDate}\n");

    private string Server => _service.Client.BaseAddress!.ToString();

    private Task<XilinResult> SubmitAsync(string file) => _xilin.RunAsync("submit", file, "--server", Server);
}
