using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Bench;

/// <summary>Where the time goes: each stage alone, on one thread, without the bus.</summary>
internal static class StageTimings
{
    public static void Run(string folder, BenchData data, int months)
    {
        var clock = new FixedClock();
        using var catalogues = new CatalogueSource(new CatalogueSourceOptions { Folder = Path.Combine(folder, "catalogue") }, clock,
                NullLogger<CatalogueSource>.Instance);
        var ledgerFile = new Database(Path.Combine(folder, "stages-ledger.db"));
        Migrator.Migrate(ledgerFile, typeof(LedgerStore).Assembly, ".Ledger.Migrations.", NullLogger.Instance);
        var ledger = new LedgerStore(ledgerFile);
        using var signer = CheckpointSigner.LoadOrCreate(Path.Combine(folder, "key.pem"), ledger);
        var committer = new LedgerCommitter(ledger, signer, catalogues, clock);
        var cubeFile = new Database(Path.Combine(folder, "stages-cube.db"));
        Migrator.Migrate(cubeFile, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        var host = new CubeHost(new CubeStore(cubeFile), catalogues, clock, NullLogger<CubeHost>.Instance);
        host.Load();
        for (var m = 0; m < months; m++)
        {
            var period = new Period(2021, 1).AddMonths(m);
            var bodies = Enumerable.Range(0, data.Enterprises.Count).Select(e => data.Submission(e, period)).ToList();
            var read = Measure("read", bodies.Count,
                () => bodies.ConvertAll(body => SubmissionReader.Read(body, catalogues.Current).All[0]));
            Measure("form", bodies.Count, () =>
            {
                read.ForEach(submission => FormChecks.Check(submission, catalogues.Current, clock.GetUtcNow()));
                return 0;
            });
            var committed = Measure("commit", bodies.Count,
                    () => read.Chunk(500)
                    .Select(group => committer.Commit([.. group.Select(submission => new PendingSubmission(submission, "bench"))]))
                    .ToList());
            var packs = committed.SelectMany(group => group.AcceptedPacks).ToList();
            var wire = Measure("wire", bodies.Count,
                () => packs.ConvertAll(pack => JsonSerializer.SerializeToUtf8Bytes(pack, WireFormat.Options)));
            Measure("unwire", bodies.Count,
                () => wire.ConvertAll(bytes => JsonSerializer.Deserialize<SubmissionsAccepted>(bytes, WireFormat.Options)));
            Measure("step", bodies.Count, () => packs.Chunk(100).Select(chunk => host.Step(chunk, out _).Count).Sum());

            // As at 200 submissions a second: a few in each step.
            var few = Enumerable.Range(0, 200)
                .Select(e => SubmissionReader.Read(data.Submission(e * 37 % data.Enterprises.Count, period, 2), catalogues.Current).All[0])
                .ToList();
            var groups = few.Chunk(4)
                .SelectMany(group =>
                    committer.Commit([.. group.Select(submission => new PendingSubmission(submission, "bench"))]).AcceptedPacks).ToList();
            Measure("small step", groups.Count, () => groups.Select(pack => host.Step([pack], out _).Count).Sum());

            // And as at 500: most villages are touched in each step, so nearly all results are said again.
            for (var burst = 3; burst < 13; burst++)
            {
                var many = Enumerable.Range(0, 200)
                    .Select(e => SubmissionReader.Read(data.Submission(e * 37 % data.Enterprises.Count, period, burst),
                        catalogues.Current).All[0]).ToList();
                var pack = committer.Commit(
                    [.. many.Select(submission => new PendingSubmission(submission, "bench"))]).AcceptedPacks.ToList();
                Measure("burst", 1, () => host.Step(pack, out _).Count);
            }

            Console.WriteLine(
                $"| {period}, {committed.Sum(group => group.Receipts.Count(receipt => receipt.Receipt.Verdict == Verdict.Accepted))} "
                    + $"accepted");
        }
    }

    private static T Measure<T>(string name, int count, Func<T> work)
    {
        var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        var result = work();
        Console.Write(
            $"{name} {Stopwatch.GetElapsedTime(start).TotalMicroseconds / count:F1} "
            + $"us {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count / 1024.0:F1} KB, ");
        return result;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2024, 2, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
