using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Hosting;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>
/// A street with the sample years and a district with its own ledger and catalogue, each a process, and what came of reporting from one to
/// the other: all months, again without a change, and after a revision below.
/// </summary>
public sealed partial class TwoInstallations : IAsyncLifetime, IDisposable
{
    private const string Registers = "investment manufacturing industry trade retail service digital";

    private readonly TestFolder _lowerCatalogue = LowerCatalogue();
    private readonly TestFolder _upperCatalogue = UpperCatalogueFolder();
    private readonly TestFolder _data = new();
    private ServiceProcess _lower = null!;
    private ServiceProcess _upper = null!;

    internal static readonly string[] Months =
        [.. Enumerable.Range(0, 24).Select(month => $"{2021 + month / 12:0000}-{month % 12 + 1:00}")];

    internal ProgramResult DryRun { get; private set; } = null!;

    internal ProgramResult QuestionedRun { get; private set; } = null!;

    internal ProgramResult FirstRun { get; private set; } = null!;

    internal ProgramResult SecondRun { get; private set; } = null!;

    internal ProgramResult RunAfterRevision { get; private set; } = null!;

    internal ProgramResult Verification { get; private set; } = null!;

    internal ProgramResult VerificationAfterCorrection { get; private set; } = null!;

    internal ProgramResult VerificationWithOtherKey { get; private set; } = null!;

    internal Dictionary<string, Dictionary<string, IndicatorTotal>> Below { get; private set; } = [];

    internal Dictionary<string, Dictionary<string, IndicatorTotal>> Above { get; private set; } = [];

    internal IReadOnlyList<JsonNode> Rows { get; private set; } = [];

    public async Task InitializeAsync()
    {
        _lower = new("Standalone", ["--sample", "--data", _data.In("lower"), "--catalogue", _lowerCatalogue.Path, "--port", "0"]);
        _upper = new("Standalone", ["--data", _data.In("upper"), "--catalogue", _upperCatalogue.Path, "--port", "0"]);
        await Task.WhenAll(_lower.ServingAsync(), _upper.ServingAsync());
        DryRun = await FederateAsync("--periods", "2022-11..2022-12", "--dry-run");
        QuestionedRun = await FederateAsync("--periods", "2021-01..2022-12");
        FirstRun = await FederateAsync(
            "--periods", "2021-01..2022-12", "--explain", "有企业在累计数中更正了以前月份的产值，见本级台账");
        SecondRun = await FederateAsync("--periods", "2022-01..2022-12");
        await ReviseBelowAsync();
        RunAfterRevision = await FederateAsync("--periods", "2022-10..2022-12");
        Verification = await FederateAsync("--periods", "2022-07..2022-12", "--verify");
        (Below, Above) = (await TotalsAsync(_lower), await TotalsAsync(_upper));
        Rows = [.. (await _upper.GetAsync($"/api/submissions?limit=500")).Answer!.AsArray().Select(row => row!)];
        await CorrectAboveAsync();
        VerificationAfterCorrection = await FederateAsync("--periods", "2022-12", "--verify");
        await File.WriteAllTextAsync(_data.In("other.txt"), OtherKey());
        VerificationWithOtherKey = await FederateAsync("--periods", "2022-12", "--verify", "--ledger-key", _data.In("other.txt"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _lower.Dispose();
        _upper.Dispose();
        _lowerCatalogue.Dispose();
        _upperCatalogue.Dispose();
        _data.Dispose();
    }

    internal async Task<JsonNode> DetailAsync(long row) => (await _upper.GetAsync($"/api/submissions/{row}")).Answer!;

    internal async Task<ProgramResult> FederateAsync(params string[] arguments) => await AdminProgram.RunAdminAsync(
        [("Federation__Source", "西林街道")],
        ["federate", "--from", $"{await _lower.ServingAsync()}", "--to", $"{await _upper.ServingAsync()}", "--unit",
            XilinSubmissions.Xilin, "--lang", "en", .. arguments]);

    // November's visits of a village become more, and with them December's year-to-date.
    private async Task ReviseBelowAsync()
    {
        var before = await VisitsAsync(_lower, "2022-12");
        var (status, answer, _) = await _lower.SubmitAsync(
            XilinSubmissions.Visits(XilinSubmissions.Dongdai, 77, "2022-11", revision: 20)
                .Set("correction", new JsonObject { ["reason"] = "补报漏报的走访企业" }));
        Assert.True(status == System.Net.HttpStatusCode.OK, answer?.ToJsonString());
        await Eventually.IsTrueAsync(async () => await VisitsAsync(_lower, "2022-12") != before, () => _lower.Output);
    }

    // A clerk of the district changes a figure of the street by hand.
    private async Task CorrectAboveAsync()
    {
        var (status, answer, _) = await _upper.SubmitAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Xilin, "2022-12", TestSubmissions.Value("INDUSTRY_PROJECTS", 9, "个"))
                .Set("revision", 3));
        Assert.True(status == System.Net.HttpStatusCode.OK, answer?.ToJsonString());
        await Eventually.IsTrueAsync(async () =>
            (await TotalsAsync(_upper, "2022-12"))["INDUSTRY_PROJECTS"].YearToDate == 9, () => _upper.Output);
    }

    private static string OtherKey() => SignedNotes.NoteSigner.FromPem(SignedNotes.NoteSigner.CreatePem(), "other/ledger").Verifier.Text;

    private static async Task<decimal?> VisitsAsync(ServiceProcess service, string period) =>
        (await TotalsAsync(service, period)).GetValueOrDefault("ENTERPRISE_VISITS")?.YearToDate;

    private static async Task<Dictionary<string, Dictionary<string, IndicatorTotal>>> TotalsAsync(ServiceProcess service)
    {
        var all = new Dictionary<string, Dictionary<string, IndicatorTotal>>();
        foreach (var month in Months)
        {
            all[month] = await TotalsAsync(service, month);
        }

        return all;
    }

    private static async Task<Dictionary<string, IndicatorTotal>> TotalsAsync(ServiceProcess service, string period) =>
        (await service.GetAsync($"/api/totals?unit={XilinSubmissions.Xilin}&period={period}")).Answer!
        .Deserialize<List<IndicatorTotal>>(ApiJson.Options)!.ToDictionary(total => total.Indicator);

    // The sample closes months as its calendar does, so only their locks are moved.
    private static TestFolder LowerCatalogue()
    {
        var folder = TestFolder.CopyOfCatalogue();
        folder.Edit("calendar.csv", text => Locks().Replace(text, "$1,2098-01-01T00:00:00+08:00"));
        return folder;
    }

    // The district and two of its streets, both reporting their totals themselves. The catalogue wants a unit in each register.
    internal static TestFolder UpperCatalogueFolder()
    {
        var folder = TestFolder.CatalogueWithOpenMonths();
        string[] streets = [XilinSubmissions.Xilin, XilinSubmissions.Wuxing];
        folder.Edit("units.csv", text => string.Join('\n',
            Lines(text).Where((line, at) => at == 0 || IsOf(line, [XilinSubmissions.District, .. streets])).Select(line =>
                IsOf(line, [XilinSubmissions.Xilin])
                    ? line.Replace(",,,no", $",,{Registers},yes", StringComparison.Ordinal)
                    : line)));
        folder.Edit("targets.csv", text => string.Join('\n', Lines(text).Where((line, at) => at == 0 || IsOf(line, streets))));
        foreach (var file in new[] { "contacts.csv", "reminders.csv", "routes.csv", "workflow.csv", "definitions.csv" })
        {
            File.Delete(folder.In(file));
        }

        return folder;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(line => line.Length > 0);

    private static bool IsOf(string line, string[] units) => units.Contains(line.Split(',')[0]);

    [GeneratedRegex("^(\\d{4}-\\d\\d,[^,]*,[^,]*,[^,]*),.*$", RegexOptions.Multiline)]
    private static partial Regex Locks();
}
