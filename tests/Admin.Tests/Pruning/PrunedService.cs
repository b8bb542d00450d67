using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Tests.Pruning;

/// <summary>
/// The one process as it was on 5 August 2022, four years ago: with corrections of July before, between and after two releases of it, and a
/// run of reminders.
/// </summary>
internal sealed class PrunedService : IAsyncDisposable
{
    private readonly TestFolder _data = new();
    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();
    private readonly TestFolder _archives = new();
    private InProcessService _service = null!;
    private int _revision;

    /// <summary>The folder of archives.</summary>
    internal string Archives => _archives.Path;

    internal InProcessService Service => _service;

    /// <param name="partitions">The paths of partitions; none: one ledger and one cube.</param>
    internal static async Task<PrunedService> StartAsync(params string[] partitions)
    {
        var made = new PrunedService();
        if (partitions.Length > 0)
        {
            await File.WriteAllLinesAsync(
                made._catalogue.In("partitions.csv"), ["path,connection", .. partitions.Select(path => $"{path},")]);
        }

        made._service = await InProcessService.StartAsync(made._catalogue.Path, made._data);
        return made;
    }

    /// <summary>Sends three versions before a release, two between it and the next, and two after it.</summary>
    internal async Task FillAsync()
    {
        await SendAsync(3);
        await SendAsync(5);
        await SendAsync(4);
        await ChangeAsync("close", releases: 1);
        await SendAsync(6, isCorrection: true);
        await ChangeAsync("reopen", releases: 1);
        await SendAsync(7);
        await ChangeAsync("close", releases: 2);
        await SendAsync(8, isCorrection: true);
        await SendAsync(9, isCorrection: true);
        await using var notices = new SqliteConnection($"Data Source={_data.In("notices.db")}");
        await notices.ExecuteAsync(
            "INSERT INTO reminder_run (number, id, unit, period, made_at) "
            + "VALUES (1, 'first/2022-06', '', '2022-06', '2022-07-06T00:00:00.000Z')");
    }

    /// <summary>A further version of the visits of two villages, and of a rate by which they are ranked.</summary>
    internal async Task SendAsync(int visits, bool isCorrection = false)
    {
        _revision++;
        foreach (var (unit, percent) in new[] { (XilinSubmissions.Dongdai, visits % 90), ("320404004202", visits * 7 % 90) })
        {
            var rate = TestSubmissions.Value("SENIOR_VACCINATION_RATE", percent, "%")
                .Set("numerator", percent * 10).Set("denominator", 1_000);
            var sheet = TestSubmissions.NewSubmission(unit, "2022-07", XilinSubmissions.Visits(visits), rate).Set("revision", _revision);
            var (status, receipt) = await _service.PostAsync((isCorrection ? sheet.Corrected() : sheet).Body());
            Assert.True(status == HttpStatusCode.OK && (string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        }

        // Of both villages, and above them where a partition of its own adds up.
        await InProcessService.EventuallyAsync(async () =>
            await VisitsOfAsync(XilinSubmissions.Dongdai) == visits && await VisitsOfAsync("320404004202") == visits
            && await VisitsOfAsync("320404004000") == 2 * visits && (await VisitsOfAsync("320404000000") ?? 2 * visits) == 2 * visits);
    }

    private async Task<decimal?> VisitsOfAsync(string unit) =>
        (decimal?)(await _service.GetAsync($"/api/totals?unit={unit}&period=2022-07")).AsArray()
            .SingleOrDefault(total => (string?)total!["indicator"] == "ENTERPRISE_VISITS")?["yearToDate"];

    internal Task<ProgramResult> PruneAsync(params string[] arguments) => AdminProgram.RunAdminAsync(
        ["prune", "--older-than", "3", "--data", _data.Path, "--catalogue", _catalogue.Path, "--lang", "en", .. arguments]);

    /// <summary>The command as a process that the test may kill.</summary>
    internal RunningProgram StartPruning() => new(
        [
            AdminProgram.Program, "prune", "--older-than", "3", "--data", _data.Path, "--catalogue", _catalogue.Path, "--lang", "en",
            "--without-archive", "--yes",
        ], []);

    internal Task<ProgramResult> AdminAsync(params string[] arguments) =>
        AdminProgram.RunAdminAsync([.. arguments, "--data", _data.Path, "--catalogue", _catalogue.Path, "--lang", "en"]);

    internal Task<ProgramResult> VerifyAsync() => AdminProgram.RunAsync(
        "dotnet",
        [RepositoryFiles.ProgramOf("Standalone"), "verify", "--data", _data.Path, "--catalogue", _catalogue.Path, "--lang", "en"],
        _data.Path);

    /// <summary>Stops the service; its files stay.</summary>
    internal async Task StopAsync()
    {
        await ((IAsyncDisposable)_service).DisposeAsync();
        SqliteConnection.ClearAllPools();
    }

    /// <summary>Starts a service on the same files.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        _service = await InProcessService.StartAsync(_catalogue.Path, _data);
    }

    /// <summary>The files of the cubes.</summary>
    internal IReadOnlyList<string> Cubes => [.. Directory.GetFiles(_data.Path, "cube*.db")];

    internal string In(string file) => _data.In(file);

    /// <summary>Asks each file and adds the numbers.</summary>
    internal long Sum(string sql) => Cubes.Sum(file =>
    {
        using var connection = new Database(file, readOnly: true).Open();
        return connection.QuerySingle<long>(sql);
    });

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _data.Dispose();
        _catalogue.Dispose();
        _archives.Dispose();
    }

    private async Task ChangeAsync(string action, int releases)
    {
        // Releases of partitions within a minute are one.
        _service.Advance(TimeSpan.FromMinutes(5));
        var body = new JsonObject { ["messageId"] = Guid.NewGuid().ToString(), ["reason"] = MonthMessages.Reason };
        using var answer = await _service.Client.PostAsync($"/api/months/2022-07/{action}", body.Body());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await InProcessService.EventuallyAsync(async () =>
            (await _service.GetAsync("/api/releases?year=2022")).AsArray().Count == releases
            && ((string?)(await _service.GetAsync("/api/months?year=2022")).AsArray()
                .Single(month => (string?)month!["period"] == "2022-07")!["state"] == "closed") == (action == "close"));
    }
}
