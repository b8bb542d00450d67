using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Standalone.Tests.Crashes;

namespace XilinIngest.Standalone.Tests.Backup;

/// <summary>
/// The one-process service as a process of its own, with a folder, a catalogue that is open for these months, and what the page needs to
/// know of both.
/// </summary>
internal sealed class BackupScenario : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly Random _random = new(4);
    private readonly HttpClient _client = new();
    private StandaloneProcess? _process;
    private Uri? _address;

    internal BackupScenario()
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        CrashWorkload.OpenMonths(catalogue, _now);
        CrashWorkload.SetTargets(catalogue, _now);
        Directory.CreateDirectory(CatalogueFolder);
        Array.ForEach(Directory.GetFiles(catalogue.Path), file => File.Copy(file, Path.Combine(CatalogueFolder, Path.GetFileName(file))));

        // The page calls the program by its name.
        var programs = Directory.CreateDirectory(_folder.In("bin")).FullName;
        var executable = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            executable.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        }

        using (var command = new StreamWriter(Path.Combine(programs, "xilin-standalone"), executable))
        {
            command.Write($"#!/bin/sh\nexec dotnet '{RepositoryFiles.ProgramOf("Standalone")}' \"$@\"\n");
        }

        PageEnvironment = new()
        {
            ["PATH"] = $"{programs}:{Environment.GetEnvironmentVariable("PATH")}",
            ["DATA"] = DataFolder,
            ["CATALOGUE"] = CatalogueFolder,
            ["BACKUP"] = _folder.In("backup"),
        };
    }

    internal string DataFolder => _folder.In("data");

    internal string CatalogueFolder => _folder.In("catalogue");

    /// <summary>What the page's commands find in their environment, and the service too.</summary>
    internal Dictionary<string, string> PageEnvironment { get; }

    internal BackupPage Page => new(PageEnvironment);

    internal async Task StartAsync()
    {
        _process = new StandaloneProcess(
            ["env", .. PageEnvironment.Where(pair => pair.Key.Contains("__", StringComparison.Ordinal))
                .Select(pair => $"{pair.Key}={pair.Value}")],
            ["--data", DataFolder, "--catalogue", CatalogueFolder, "--port", "0"]);
        _address = await _process.ServingAsync();
    }

    internal async Task StopAsync()
    {
        _process!.Terminate();
        Assert.Equal(0, await _process.ExitAsync(seconds: 30));
        _process.Dispose();
        _process = null;
    }

    /// <summary>Submissions of a workload of which no two are the same.</summary>
    internal IReadOnlyList<byte[]> NewSubmissions(int count) => CrashWorkload.Generate(count, _now, _random);

    /// <summary>Sends them all, some twice.</summary>
    /// <returns>The receipts.</returns>
    internal async Task<List<JsonNode>> SendAsync(IReadOnlyList<byte[]> bodies)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        var sender = new RetryingSender(bodies, () => _address!, seed: 4);
        await sender.SendAllAsync(timeout.Token);
        Assert.Empty(sender.Contradictions);
        Assert.Equal(bodies.Count, sender.Receipts.Count);
        return [.. sender.Receipts.Values.Select(receipt => JsonNode.Parse(receipt)!)];
    }

    internal async Task<long> LastRowAsync() => (long?)(await GetAsync("/api/ledger/checkpoint"))?["treeSize"] ?? 0;

    /// <summary>Waits until the results have all that the ledger has.</summary>
    internal async Task WaitUntilAppliedAsync()
    {
        var last = await LastRowAsync();
        await InProcessService.EventuallyAsync(async () =>
        {
            var text = (string?)(await GetAsync("/health/ready"))?["checks"]!["cube"]!["description"] ?? "";
            return text.EndsWith($"Applied through ledger row {last.ToString(CultureInfo.InvariantCulture)}.", StringComparison.Ordinal);
        });
    }

    /// <summary>The figures of a street and its villages, in the newest month of the workload that has any.</summary>
    internal async Task<Dictionary<string, (decimal? Month, decimal? YearToDate)>> FiguresAsync()
    {
        var totals = await GetAsync($"/api/totals?unit={XilinSubmissions.Xilin}&period={FirstMonth}");
        return totals!.AsArray()
            .ToDictionary(total => (string)total!["indicator"]!, total => ((decimal?)total!["month"], (decimal?)total["yearToDate"]));
    }

    /// <summary>Every version that was said of one of them.</summary>
    internal async Task<List<string>> VersionsAsync() =>
        [.. (await GetAsync(
            $"/api/totals/versions?unit={XilinSubmissions.Xilin}&indicator=INDUSTRIAL_OUTPUT&period={FirstMonth}"))!.AsArray()
            .Select(version => version!.ToJsonString())];

    /// <summary>Null: there is none.</summary>
    internal async Task<JsonNode?> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(_address!, path));
        return answer.StatusCode == HttpStatusCode.NotFound ? null : JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }

    private string FirstMonth => _now.AddMonths(-24).ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process?.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }
}
