using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;
using XilinIngest.TestEngines;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.TestLedgers;

/// <summary>A ledger in a real file, or in the engine that XILIN_TEST_ENGINE names, with a real catalogue and a real key.</summary>
internal sealed class LedgerFixture : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("xilin-ledger-").FullName;
    private readonly CatalogueFolder? _own;
    private readonly CheckpointSigner _signer;
    private readonly CatalogueSource _catalogues;
    private readonly FakeTimeProvider _catalogueClock = new();

    /// <param name="catalogue">A folder of a catalogue; null: the tests' own.</param>
    /// <param name="database">Where the ledger is kept; null: on the engine of the run.</param>
    internal LedgerFixture(string? catalogue = null, Func<string, Database>? database = null)
    {
        _own = catalogue is null ? SmallCatalogueSubmissions.Catalogue() : null;
        Database = database?.Invoke(_path) ?? TestDatabases.NewDatabase(TestDatabases.SelectedEngine, _path, "ledger");
        Migrator.Migrate(Database, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.", NullLogger.Instance);
        Store = new LedgerStore(Database);
        _signer = CheckpointSigner.LoadOrCreate(KeyPath, Store);

        // A clock of its own: a year's step of the ledger's would poll the folder a million times.
        _catalogues =
            new CatalogueSource(new() { Folder = catalogue ?? _own!.Path }, _catalogueClock, NullLogger<CatalogueSource>.Instance);
        LedgerCatalogueGuard.Attach([Store], _catalogues);
        Committer = NewCommitter();
    }

    internal FakeTimeProvider Clock { get; } = new(TestSubmissions.Now);
    internal Database Database { get; }
    internal LedgerStore Store { get; }

    /// <summary>The file of the ledger's key.</summary>
    internal string KeyPath => Path.Combine(_path, "ledger.key");

    internal LedgerCommitter Committer { get; }
    internal CatalogueSource Catalogues => _catalogues;
    internal CheckpointSigner Signer => _signer;
    internal Indicators.Catalogue Catalogue => _catalogues.Current;

    /// <summary>Edits the tests' own catalogue, and waits until that has taken or was refused.</summary>
    internal IReadOnlyList<CatalogueFault> Edit(string file, string from, string to)
    {
        var (before, faults) = (_catalogues.Current, _catalogues.LastFaults);
        _own!.Edit(file, from, to);
        for (var i = 0; i < 1_000 && _catalogues.Current == before && _catalogues.LastFaults == faults; i++)
        {
            // The clock is the test's, the thread that reads the folder is not: it is given the time to.
            _catalogueClock.Advance(TimeSpan.FromSeconds(1));
            Thread.Sleep(i < 10 ? 0 : 10);
        }

        Assert.True(_catalogues.Current != before || _catalogues.LastFaults != faults, "the edit was not seen");
        return _catalogues.LastFaults;
    }

    internal LedgerCommitter NewCommitter() => new(Store, _signer, _catalogues, Clock);

    /// <summary>The ledger with everything that writes and reads it.</summary>
    /// <param name="publisher">Publishes its packs; null: nothing is appended.</param>
    internal PartitionLedger Run(MessagePublisher? publisher = null) =>
        new(Store, _signer, _catalogues, publisher!, Clock, NullLogger<LedgerWriter>.Instance);

    internal LedgerVerificationResult Verify() => new LedgerVerifier(Store, _signer, _catalogues).Verify();

    /// <summary>As <see cref="Verify"/>, as on a server where each statement sees what was committed when it began.</summary>
    internal LedgerVerificationResult VerifyAtReadCommitted()
    {
        using var connection = Store.Open();
        using var transaction = connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        return new LedgerVerifier(Store, _signer, _catalogues).Verify(connection, transaction, isOneState: false);
    }

    internal bool IsSigned(Checkpoint checkpoint) => _signer.Verify(checkpoint);

    /// <summary>Reads and checks a body that holds one submission.</summary>
    internal PendingSubmission Prepare(byte[] body)
    {
        var submission = SubmissionReader.Read(body, Catalogue).All.Single();
        FormChecks.Check(submission, Catalogue, Clock.GetUtcNow());
        submission.CheckedWith = Catalogue;
        return new PendingSubmission(submission, "test");
    }

    internal CommittedBatch Commit(params IEnumerable<byte[]> bodies) => Committer.Commit([.. bodies.Select(Prepare)]);

    internal IReadOnlyList<SubmissionReceipt> Receipts(params IEnumerable<byte[]> bodies) =>
        [.. Commit(bodies).Receipts.Select(answer => answer.Receipt)];

    internal SubmissionReceipt Receipt(byte[] body) => Receipts(body).Single();

    internal IReadOnlyList<LedgerEntry> Rows()
    {
        using var connection = Store.Open();
        return [.. LedgerStore.ReadFrom(connection, 1, long.MaxValue)];
    }

    /// <summary>What someone does to the database by hand.</summary>
    /// <param name="sql">With bytes as SQLite writes them, <c>x'00ff'</c>.</param>
    internal void ExecuteSql(string sql)
    {
        using var connection = Store.Open();
        Assert.NotEqual(0, connection.Execute(TestDatabases.TranslateLiterals(Database.Provider, sql)));
    }

    public void Dispose()
    {
        Committer.Dispose();
        _catalogues.Dispose();
        _own?.Dispose();
        SqliteConnection.ClearAllPools();

        // A property makes some hundreds of databases, each with a pool of its own, and the server has two hundred connections.
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_path, recursive: true);
    }
}
