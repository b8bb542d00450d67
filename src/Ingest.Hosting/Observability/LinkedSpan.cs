using System.Diagnostics;

namespace XilinIngest.Hosting.Observability;

/// <summary>The span of work that takes several things at once, such as a commit batch or a step.</summary>
public static class LinkedSpan
{
    // What one span may link to in the default limits of OpenTelemetry.
    private const int MaxLinks = 128;

    /// <summary>
    /// Starts a span that is a part of the first recorded trace among those of what it takes, and links to the others. So the trace of a
    /// submission that was alone goes on, and from that of any other there is a way here.
    /// </summary>
    /// <param name="source">The source of the span.</param>
    /// <param name="name">Its name.</param>
    /// <param name="taken">The spans in which what it takes came.</param>
    /// <returns>The span; null: nobody listens, or none of them is recorded.</returns>
    public static Activity? Start(ActivitySource source, string name, IEnumerable<ActivityContext> taken)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(taken);
        if (!source.HasListeners())
        {
            return null;
        }

        ActivityContext first = default;
        HashSet<ActivityContext>? links = null;
        foreach (var each in taken)
        {
            if ((each.TraceFlags & ActivityTraceFlags.Recorded) == 0 || each == first)
            {
                continue;
            }

            if (first == default)
            {
                first = each;
            }
            else if ((links ??= []).Count < MaxLinks)
            {
                links.Add(each);
            }
        }

        return first == default
            ? null : source.StartActivity(ActivityKind.Internal, first, links: links?.Select(each => new ActivityLink(each)), name: name);
    }
}
