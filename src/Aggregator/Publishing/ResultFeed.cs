using System.Diagnostics;
using XilinIngest.Aggregator.Observability;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Signals each publication to the followers. They read the publications themselves, so a follower may start and resume at any of them.
/// </summary>
internal sealed class ResultFeed
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? _trace;
    private long _editedTexts;

    /// <summary>How many edits of report texts were signalled.</summary>
    public long EditedTexts => Interlocked.Read(ref _editedTexts);

    /// <summary>Signals that the text of a report was edited.</summary>
    public void NotifyTextEdited()
    {
        Interlocked.Increment(ref _editedTexts);
        Notify();
    }

    /// <summary>The span of the newest step whose results are published, as W3C writes it; null: nobody traces it.</summary>
    public string? Trace => Volatile.Read(ref _trace);

    /// <param name="trace">The span of the step that made the results; none where nobody traces.</param>
    public void Notify(ActivityContext trace = default)
    {
        Volatile.Write(ref _trace, AggregatorTelemetry.Format(trace));
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <summary>Completes at the next publication. Read it before reading the publications, so that none is missed.</summary>
    public Task NextPublication => Volatile.Read(ref _next).Task;
}
