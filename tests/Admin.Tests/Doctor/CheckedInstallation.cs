using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator;
using XilinIngest.Notifier;
using XilinIngest.Storage;
using XilinIngest.TestLedgers;
using static XilinIngest.TestFixtures.SmallCatalogueSubmissions;
using static XilinIngest.TestFixtures.TestSubmissions;

namespace XilinIngest.Admin.Tests.Doctor;

/// <summary>The data folder of the one-process service with a row in its ledger, and a catalogue.</summary>
internal sealed class CheckedInstallation : IAsyncDisposable
{
    private readonly TestFolder _folder = new();

    internal CatalogueFolder Catalogue { get; } = ReviewMessages.ReviewedCatalogue();

    internal string Data => _folder.Path;

    internal string In(string name) => _folder.In(name);

    internal static async Task<CheckedInstallation> CreateAsync()
    {
        var made = new CheckedInstallation();
        await using (var ledgers = await PartitionedLedgers.StartInAsync(made.Data, new FakeTimeProvider(Now)))
        {
            await ledgers.SendAsync(NewSubmission(Village, "2022-07", Petitions(3)));
        }

        AggregatorRegistration.Migrate(new Database(made.In("cube.db")), NullLogger.Instance);
        NotifierRegistration.Migrate(new Database(made.In("notices.db")), NullLogger.Instance);
        await File.WriteAllTextAsync(made.In("last-backup"), TimeProvider.System.GetUtcNow().ToString("O"));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return made;
    }

    /// <summary>What the files of the folder hold, without the empty ones that SQLite makes to read.</summary>
    internal Dictionary<string, string> Content() => Directory.GetFiles(Data)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)
            && !(file.EndsWith("-wal", StringComparison.Ordinal) && new FileInfo(file).Length == 0))
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file)));

    internal Task<ProgramResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    internal Task<ProgramResult> RunAsync((string Name, string Value)[] environment, params string[] arguments) =>
        AdminProgram.RunAdminAsync(environment, ["doctor", "--data", Data, "--catalogue", Catalogue.Path, .. arguments]);

    /// <summary>The checks of the JSON output, by their names.</summary>
    internal static Dictionary<string, JsonObject> ChecksOf(ProgramResult result) =>
        JsonNode.Parse(result.Output)!["checks"]!.AsArray().ToDictionary(check => (string)check!["name"]!, check => check!.AsObject());

    public ValueTask DisposeAsync()
    {
        Catalogue.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
