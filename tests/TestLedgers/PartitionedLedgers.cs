using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.TestLedgers;

/// <summary>The small catalogue in partitions, or in none, with a ledger in a real file for each, an intake and a bus.</summary>
internal sealed class PartitionedLedgers : IAsyncDisposable
{
    public const string District = "32.04.04";
    public const string Street = "32.04.04.007";
    public const string FirstVillage = "32.04.04.007.201";

    private readonly bool _ownsFolder;
    private readonly FakeTimeProvider _catalogueClock = new();
    private readonly ServiceProvider _services;
    private readonly LedgerWriters _writers;

    private PartitionedLedgers(string[] partitions, string? folder, FakeTimeProvider? clock, Database? installation)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("xilin-ledgers-").FullName;
        Clock = clock ?? new FakeTimeProvider(TestSubmissions.Now);
        CatalogueFiles = ReviewMessages.ReviewedCatalogue();
        if (partitions.Length > 0)
        {
            CatalogueFiles.Write("partitions.csv", "path,connection\n" + string.Concat(partitions.Select(path => $"{path},\n")));
        }

        Packs = new ReceivedPacks();
        var paths = partitions.Length == 0 ? [""] : partitions;
        _services = new ServiceCollection().AddLogging().AddSingleton(Packs)
            .AddInMemoryBus(paths.Select(path => (IBusQueue)new BusQueue<PackConsumer>($"packs.{path}", Exchanges.AcceptedOf(path), 1)))
            .BuildServiceProvider();
        Publisher = _services.GetRequiredService<MessagePublisher>();
        try
        {
            Catalogues = new CatalogueSource(
                new() { Folder = CatalogueFiles.Path }, _catalogueClock, NullLogger<CatalogueSource>.Instance);
            Ledgers = LedgerStartup.Open(
                new PartitionDatabases(installation ?? new Database(Path.Combine(Folder, "ledger.db"))),
                new SigningKey(Path.Combine(Folder, "ledger-key.pem")), Catalogues, Publisher, Clock, NullLoggerFactory.Instance);
        }
        catch
        {
            Catalogues?.Dispose();
            CatalogueFiles.Dispose();
            SqliteConnection.ClearAllPools();
            throw;
        }

        _writers = new LedgerWriters(Ledgers, NullLogger<LedgerWriters>.Instance);
        Intake = new SubmissionIntake(
            Catalogues, Ledgers, new IntakeQuota(new IntakeOptions(), Clock), Clock, new LogThrottle(),
            NullLogger<SubmissionIntake>.Instance);
    }

    public string Folder { get; }

    public FakeTimeProvider Clock { get; }

    public CatalogueFolder CatalogueFiles { get; }

    public CatalogueSource Catalogues { get; }

    public Ledgers Ledgers { get; }

    public SubmissionIntake Intake { get; }

    public MessagePublisher Publisher { get; }

    public ReceivedPacks Packs { get; }

    /// <summary>Starts the ledgers in a folder of their own.</summary>
    public static Task<PartitionedLedgers> StartAsync(params string[] partitions) => StartInAsync(null, null, partitions);

    /// <summary>Starts the ledgers in a folder that may have some.</summary>
    public static Task<PartitionedLedgers> StartInAsync(string? folder, FakeTimeProvider? clock, params string[] partitions) =>
        StartOnAsync(null, folder, clock, partitions);

    /// <summary>Starts the ledgers on a database, with a folder for the key.</summary>
    public static async Task<PartitionedLedgers> StartOnAsync(
        Database? installation, string? folder, FakeTimeProvider? clock, params string[] partitions)
    {
        var started = new PartitionedLedgers(partitions, folder, clock, installation);
        await started._services.GetRequiredService<IBusControl>().StartAsync();
        await started._writers.StartAsync(CancellationToken.None);
        return started;
    }

    public PartitionLedger Of(string path) => Ledgers.Find(path)!;

    /// <summary>Sends one message, or several as a pack.</summary>
    public async Task<IReadOnlyList<SubmissionReceipt>> SendAsync(params JsonObject[] messages)
    {
        var body = messages.Length == 1 ? messages[0] : new JsonObject { ["submissions"] = new JsonArray([.. messages]) };
        var (receipts, _) = await Intake.AcceptAsync(body.Bytes(), SenderIdentity.Local, CancellationToken.None)
            .WaitAsync(TimeSpan.FromSeconds(30));
        return receipts;
    }

    /// <summary>Reads and checks a message of one submission or request.</summary>
    public PendingSubmission Prepare(JsonObject message) =>
        new(Intake.Prepare(message.Bytes(), SenderIdentity.Local).Submissions.Single(), SenderIdentity.Local.Name);

    public IReadOnlyList<LedgerEntry> Rows(string path)
    {
        using var connection = Of(path).Store.Open();
        return [.. LedgerStore.ReadFrom(connection, 1, long.MaxValue)];
    }

    /// <summary>The faults of all ledgers.</summary>
    public IReadOnlyList<string> Verify() => [.. Ledgers.All.SelectMany(
        ledger => new LedgerVerifier(ledger.Store, ledger.Signer, Catalogues).Verify().Faults)];

    /// <summary>Writes a file of the catalogue, and waits until the edit has taken or was refused.</summary>
    public IReadOnlyList<CatalogueFault> Edit(Action<CatalogueFolder> edit)
    {
        var (before, faults) = (Catalogues.Current, Catalogues.LastFaults);
        edit(CatalogueFiles);
        for (var i = 0; i < 1_000 && Catalogues.Current == before && Catalogues.LastFaults == faults; i++)
        {
            _catalogueClock.Advance(TimeSpan.FromSeconds(1));
            Thread.Sleep(i < 10 ? 0 : 10);
        }

        return Catalogues.LastFaults;
    }

    public async ValueTask DisposeAsync()
    {
        await _writers.StopAsync(CancellationToken.None);
        _writers.Dispose();
        await _services.GetRequiredService<IBusControl>().StopAsync();
        await _services.DisposeAsync();
        Ledgers.Dispose();
        Catalogues.Dispose();
        CatalogueFiles.Dispose();
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    internal sealed class ReceivedPacks
    {
        public ConcurrentQueue<SubmissionsAccepted> All { get; } = [];
    }

    internal sealed class PackConsumer(ReceivedPacks packs) : IMessageConsumer
    {
        public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
        {
            packs.All.Enqueue(MessageJson.Read<SubmissionsAccepted>(message.Body));
            return Task.CompletedTask;
        }
    }
}
