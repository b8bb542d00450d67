using System.Diagnostics;
using System.Diagnostics.Metrics;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Observability;

namespace XilinIngest.Aggregator.Observability;

/// <summary>
/// What is measured and traced of steps and results. How far the results are behind the ledger is in <see cref="AggregatorProgress"/>.
/// </summary>
internal static class AggregatorTelemetry
{
    private static readonly Meter Meter = new(AggregatorProgress.MeterName);

    public static ActivitySource Source { get; } = new(AggregatorProgress.MeterName);

    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "xilin.step.duration", "s", "How long a step took to apply what arrived, and to compute and store what changed.");

    private static readonly Counter<long> StepFailures = Meter.CreateCounter<long>(
        "xilin.step.failures", "{step}", "Steps that failed for a reason other than the storage of the cube.");

    private static readonly Counter<long> Results = Meter.CreateCounter<long>(
        "xilin.results.published", "{message}", "Messages with new versions of results, by kind.");

    private static readonly UpDownCounter<int> FeedViewers = Meter.CreateUpDownCounter<int>(
        "xilin.feed.viewers", "{reader}", "Open streams of the live feed; the pages of one process have one together.");

    /// <summary>Counts a reader of the live feed who came or went.</summary>
    public static void CountViewer(int change) => FeedViewers.Add(change);

    /// <summary>Measures the alerts that stand.</summary>
    public static void Observe(PublishedModel model, IMeterFactory meters) => meters.Create(AggregatorProgress.MeterName)
        .CreateObservableGauge(
            "xilin.alerts.standing", () => CountAlerts(model), "{alert}", "Alerts that stand, by colour.");

    /// <summary>Measures whether a process works on a cube.</summary>
    public static void Observe(PartitionResults results, IMeterFactory meters) => meters.Create(AggregatorProgress.MeterName)
        .CreateObservableGauge(
            "xilin.cube.active",
            () => new Measurement<int>(results.IsActive ? 1 : 0, PartitionTags.Of(results.Host.PartitionPath)), "{cube}",
            "1: this process works on the cube; 0: it stands by, or follows.");

    /// <summary>The span of a step; null: nobody listens, or nothing that it takes is traced.</summary>
    public static Activity? StartStep(IReadOnlyList<ActivityContext> taken) =>
        taken.Count == 0 ? null : LinkedSpan.Start(Source, "step", taken);

    /// <summary>Measures a step.</summary>
    public static void RecordStep(StepOutcome outcome, TimeSpan duration, KeyValuePair<string, object?>[] partition)
    {
        StepDuration.Record(duration.TotalSeconds, partition);
        if (Results.Enabled)
        {
            foreach (var kind in outcome.Results.CountBy(result => KindOf(result.Message)))
            {
                Results.Add(kind.Value, [.. partition, new("kind", kind.Key)]);
            }
        }
    }

    /// <summary>Measures a step that failed.</summary>
    public static void RecordFailure(KeyValuePair<string, object?>[] partition) => StepFailures.Add(1, partition);

    /// <summary>A span as the header <c>traceparent</c> writes it; null: it is none, or is not recorded.</summary>
    public static string? Format(ActivityContext span) => (span.TraceFlags & ActivityTraceFlags.Recorded) == 0
        ? null : $"00-{span.TraceId.ToHexString()}-{span.SpanId.ToHexString()}-01";

    private static string KindOf(object message) => message switch
    {
        TotalsPublished => ResultKinds.Total,
        RankingPublished => ResultKinds.Ranking,
        AlertEvent => ResultKinds.Alert,
        ReportReviewed => ResultKinds.Review,
        _ => ResultKinds.Month,
    };

    // Both are told at all times: a series that ends is no zero to who watches it.
    private static IEnumerable<Measurement<int>> CountAlerts(PublishedModel model) => model.Snapshot is not { } snapshot
        ? []
        : new[] { TargetColour.Red, TargetColour.Amber }.Select(colour => new Measurement<int>(
            snapshot.Alerts.Values.Count(alert => alert.Colour == colour),
            new KeyValuePair<string, object?>("colour", colour.ToWireName())));
}
