namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Signals each publication to the followers. They read the publications themselves, so a follower may start and resume at any of them.
/// </summary>
internal sealed class ResultFeed
{
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long _editedTexts;

    /// <summary>How many edits of report texts were signalled.</summary>
    public long EditedTexts => Interlocked.Read(ref _editedTexts);

    /// <summary>Signals that the text of a report was edited.</summary>
    public void NotifyTextEdited()
    {
        Interlocked.Increment(ref _editedTexts);
        Notify();
    }

    public void Notify() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next publication. Read it before reading the publications, so that none is missed.</summary>
    public Task NextPublication => Volatile.Read(ref _next).Task;
}
