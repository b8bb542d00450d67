using System.Diagnostics;
using System.Diagnostics.Metrics;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Observability;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker.Observability;

/// <summary>What is measured and traced of the intake and the ledgers.</summary>
internal static class LedgerTelemetry
{
    public const string Name = "XilinIngest.Worker";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    private static readonly Counter<long> Submissions = Meter.CreateCounter<long>(
        "xilin.submissions", "{submission}", "Submissions that were committed, by verdict; one that was sent again counts again.");

    private static readonly Histogram<double> CommitDuration = Meter.CreateHistogram<double>(
        "xilin.commit.duration", "s", "How long the ledger took to commit a batch of submissions.");

    private static readonly Histogram<int> CommitSize = Meter.CreateHistogram<int>(
        "xilin.commit.size", "{submission}", "Submissions in a commit batch.");

    private static readonly Counter<long> CommitFailures = Meter.CreateCounter<long>(
        "xilin.commit.failures", "{commit}", "Commits that failed for a reason other than the storage of the ledger.");

    /// <summary>Measures the ledgers of a process from now on.</summary>
    public static void Observe(Ledgers ledgers, IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(
            "xilin.intake.waiting", () => Measure(ledgers, ledger => ledger.Writer.WaitingCount), "{submission}",
            "Submissions that were read and wait for a commit batch.");
        meter.CreateObservableGauge(
            "xilin.ledger.writable", () => Measure(ledgers, IsWritable), "{ledger}", "1: the ledger takes submissions; 0: it does not.");
    }

    /// <summary>Measures how far the witnesses are, where there are any.</summary>
    public static void Observe(WitnessService witnesses, IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        meter.CreateObservableGauge(
            "xilin.witness.cosigned", () => Measure(witnesses, state => state.CosignedSize), "{row}",
            "The rows of the newest checkpoint that a witness cosigned.");
        meter.CreateObservableGauge(
            "xilin.witness.fault", () => Measure(witnesses, state => state.Fault is { } fault ? (long)fault.Kind + 1 : 0), "{fault}",
            "Why a witness does not cosign: 0: it does; 1: it is away; 2: it refuses; 3: it saw another history.");
    }

    private static IEnumerable<Measurement<long>> Measure(WitnessService witnesses, Func<WitnessState, long> value) =>
        witnesses.Policy is null ? [] : witnesses.All.SelectMany(ledger => ledger.Witnesses.Select(state => new Measurement<long>(
            value(state), [.. PartitionTags.Of(ledger.Ledger.Store.PartitionPath), new("witness", state.Witness.Name)])));

    /// <summary>Measures how old the last backup is, where one is recorded.</summary>
    public static void Observe(BackupRecord backup, TimeProvider clock, IMeterFactory meters) =>
        meters.Create(Name).CreateObservableGauge(
            "xilin.backup.age", () => MeasureAge(backup, clock.GetUtcNow()), "s", "How old the last backup is that is recorded.");

    /// <summary>The span of a commit batch; null: nobody listens, or no submission of it is traced.</summary>
    public static Activity? StartCommit(IReadOnlyList<PendingSubmission> batch) =>
        Source.HasListeners()
            ? LinkedSpan.Start(Source, "commit", batch.Select(pending => pending.Trace))?.SetTag("xilin.submissions", batch.Count)
            : null;

    /// <summary>The span in which the packs of a commit are published.</summary>
    public static Activity? StartPublication(ActivityContext commit) => commit.TraceId == default
        ? null : Source.StartActivity("publish accepted", ActivityKind.Internal, commit);

    /// <summary>Notes in the span of a message that it was read and checked.</summary>
    public static void RecordRead(int submissions)
    {
        if (Activity.Current is { IsAllDataRequested: true } activity)
        {
            activity.AddEvent(new ActivityEvent("read")).SetTag("xilin.submissions", submissions);
        }
    }

    /// <summary>Measures a commit.</summary>
    public static void RecordCommit(CommittedBatch committed, TimeSpan duration, KeyValuePair<string, object?>[] partition)
    {
        CommitDuration.Record(duration.TotalSeconds, partition);
        CommitSize.Record(committed.Receipts.Count, partition);
        if (!Submissions.Enabled)
        {
            return;
        }

        foreach (var verdict in committed.Receipts.GroupBy(each => each.Receipt.Verdict))
        {
            Submissions.Add(verdict.Count(), [.. partition, new("verdict", verdict.Key.ToWireName())]);
        }
    }

    /// <summary>Measures a commit that failed.</summary>
    public static void RecordFailure(KeyValuePair<string, object?>[] partition) => CommitFailures.Add(1, partition);

    private static IEnumerable<Measurement<double>> MeasureAge(BackupRecord backup, DateTimeOffset now) =>
        backup.Read(now) is { } made ? [new Measurement<double>(Math.Max(0, (now - made).TotalSeconds))] : [];

    private static int IsWritable(PartitionLedger ledger) =>
        ledger.Availability is { WriteFault: null, DatabaseTimeout: null } ? 1 : 0;

    private static IEnumerable<Measurement<int>> Measure(Ledgers ledgers, Func<PartitionLedger, int> value) =>
        ledgers.All.Select(ledger => new Measurement<int>(value(ledger), PartitionTags.Of(ledger.Store.PartitionPath)));
}
