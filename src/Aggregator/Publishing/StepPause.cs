namespace XilinIngest.Aggregator.Publishing;

/// <summary>The pause between two steps of the aggregator.</summary>
internal static class StepPause
{
    /// <summary>The shortest pause.</summary>
    public static readonly TimeSpan Min = TimeSpan.FromMilliseconds(2);

    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan LongStep = TimeSpan.FromMilliseconds(500);

    // A step of so many submissions is followed by a pause as long as itself.
    private const int ManySubmissions = 200;
    private static readonly TimeSpan MaxUnderLoad = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// A step makes each result once, however many submissions changed it. So batching grows with the load: a short step of few
    /// submissions is followed by hardly any pause, a long one or one of many submissions by a pause as long as itself or longer.
    /// </summary>
    /// <param name="step">How long the step took.</param>
    /// <param name="submissions">The number of submissions in it.</param>
    public static TimeSpan After(TimeSpan step, int submissions)
    {
        var byLength = Shorter(step * Math.Min(1, step / LongStep), Max);
        var byLoad = Shorter(step * submissions / ManySubmissions, MaxUnderLoad);
        return Longer(Min, Longer(byLength, byLoad));

        static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
        static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }
}
