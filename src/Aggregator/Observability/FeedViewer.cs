namespace XilinIngest.Aggregator.Observability;

/// <summary>A reader of the live feed, who is counted until the stream ends.</summary>
internal sealed class FeedViewer : IDisposable
{
    public FeedViewer() => AggregatorTelemetry.CountViewer(1);

    public void Dispose() => AggregatorTelemetry.CountViewer(-1);
}
