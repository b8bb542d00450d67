using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Bench;

/// <summary>
/// Measures each stage of a submission separately, on one thread and without the bus, alternating with its ceiling. A round is a month of
/// the history. The first months are a warm-up and are not counted.
/// </summary>
internal sealed class StageComparison : IDisposable
{
    public const int Rounds = 7;
    private const int BatchSize = 500;
    private const int PacksInStep = 100;
    private const int BurstSize = 200;
    private static readonly Period First = new(2021, 1);

    private readonly BenchData _data;
    private readonly FixedClock _clock = new();
    private readonly CatalogueSource _catalogues;
    private readonly CheckpointSigner _signer;
    private readonly LedgerCommitter _committer;
    private readonly CubeHost _host;
    private readonly string _ledgerFile;
    private readonly string _folder;
    private RawInsertBaseline? _insert;

    public StageComparison(string folder, BenchData data)
    {
        (_folder, _data) = (folder, data);
        _catalogues = new CatalogueSource(new CatalogueSourceOptions { Folder = Path.Combine(folder, "catalogue") }, _clock,
            NullLogger<CatalogueSource>.Instance);
        _ledgerFile = Path.Combine(folder, "stages-ledger.db");
        var ledgerDatabase = new Database(_ledgerFile);
        Migrator.Migrate(ledgerDatabase, typeof(LedgerStore).Assembly, ".Ledger.Migrations.", NullLogger.Instance);
        var ledger = new LedgerStore(ledgerDatabase);
        _signer = CheckpointSigner.LoadOrCreate(Path.Combine(folder, "key.pem"), ledger);
        _committer = new LedgerCommitter(ledger, _signer, _catalogues, _clock);
        var cubeDatabase = new Database(Path.Combine(folder, "stages-cube.db"));
        Migrator.Migrate(cubeDatabase, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        _host = new CubeHost(new CubeStore(cubeDatabase), _catalogues, _clock, NullLogger<CubeHost>.Instance);
        _host.Load();
    }

    /// <summary>Measures all stages, round by round.</summary>
    public StageFigures Measure(int warmUp = 6, int rounds = Rounds)
    {
        for (var m = 0; m < warmUp; m++)
        {
            MeasureMonth(First.AddMonths(m), new StageFigures());
        }

        var figures = new StageFigures();
        _insert = new RawInsertBaseline(_folder, _ledgerFile);
        for (var m = warmUp; m < warmUp + rounds; m++)
        {
            MeasureMonth(First.AddMonths(m), figures);
            AnsiConsole.WriteLine($"round {m - warmUp + 1} of {rounds}");
        }

        return figures;
    }

    private void MeasureMonth(Period period, StageFigures figures)
    {
        var count = _data.Enterprises.Count;
        var bodies = Enumerable.Range(0, count).Select(e => _data.Submission(e, period)).ToList();
        var read = figures.Measure(Stage.ReadAndForm, count, () => bodies.ConvertAll(Read));
        figures.Measure(Stage.Parse, count, () => JsonParseBaseline.Run(bodies));
        var committed = figures.Measure(Stage.Commit, count, () => read.Chunk(BatchSize).Select(Commit).ToList());
        if (_insert is { } insert)
        {
            figures.Measure(Stage.Insert, count, () => insert.Insert(bodies));
        }

        var packs = committed.SelectMany(batch => batch.AcceptedPacks).ToList();
        var taken = figures.Measure(Stage.PackAndUnpack, count, () => packs.ConvertAll(PackAndUnpack));
        figures.Measure(Stage.Step, count, () => taken.Chunk(PacksInStep).Sum(chunk => _host.Step(chunk, out _).Count));

        // A step has few submissions, as at 200 submissions a second.
        foreach (var few in Enumerable.Range(0, 80).Chunk(4))
        {
            var pack = CommitRevision(few, period, 2);
            figures.Measure(Stage.StepOfFour, 1, () => _host.Step(pack, out _).Count);
        }

        // A step affects every village, as at 500 submissions a second, so that nearly all results change.
        for (var revision = 3; revision < 8; revision++)
        {
            var pack = CommitRevision(Enumerable.Range(0, BurstSize), period, revision);
            figures.Measure(Stage.StepOfBurst, 1, () => _host.Step(pack, out _).Count);
        }
    }

    private List<SubmissionsAccepted> CommitRevision(IEnumerable<int> enterprises, Period period, int revision) =>
        [.. Commit([.. enterprises.Select(e => Read(_data.Submission(e * 37 % _data.Enterprises.Count, period, revision)))]).AcceptedPacks];

    private Submission Read(byte[] body)
    {
        var submission = SubmissionReader.Read(body, _catalogues.Current).All[0];
        FormChecks.Check(submission, _catalogues.Current, _clock.GetUtcNow());
        return submission;
    }

    private CommittedBatch Commit(Submission[] submissions)
    {
        var batch = _committer.Commit([.. submissions.Select(submission => new PendingSubmission(submission, "bench"))]);
        return batch.Receipts.FirstOrDefault(receipt => receipt.Receipt.Verdict != Verdict.Accepted).Receipt is { } refused
            ? throw new InvalidOperationException($"A submission was not accepted: {refused.Findings[0].MessageEn}")
            : batch;
    }

    private static SubmissionsAccepted PackAndUnpack(SubmissionsAccepted pack) => JsonSerializer.Deserialize<SubmissionsAccepted>(
        JsonSerializer.SerializeToUtf8Bytes(pack, WireFormat.Options), WireFormat.Options)!;

    public void Dispose()
    {
        _insert?.Dispose();
        _catalogues.Dispose();
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
