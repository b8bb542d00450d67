namespace XilinIngest.Notifier.Channels;

/// <summary>
/// How long a notice waits for its next attempt. The time is stored with the notice, so that a restart neither forgets it nor hurries.
/// </summary>
internal static class RetryDelay
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>No notice waits longer for its next attempt.</summary>
    internal static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <param name="attempts">The attempts that have failed.</param>
    /// <param name="retryAfter">What the receiver asked for.</param>
    /// <param name="jitter">From 0 to 1: spreads the attempts of many notices.</param>
    public static TimeSpan After(long attempts, TimeSpan? retryAfter, double jitter)
    {
        var doubled = First * Math.Pow(2, Math.Min(attempts - 1, 20));
        var delay = (doubled < Longest ? doubled : Longest) * (0.75 + 0.5 * jitter);
        var asked = retryAfter > LongestAsked ? LongestAsked : retryAfter;
        return asked > delay ? asked.Value : delay;
    }
}
