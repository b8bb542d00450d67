using System.Diagnostics;
using OpenTelemetry;

namespace XilinIngest.Hosting.Observability;

/// <summary>
/// Leaves requests out that come every few seconds and say nothing of the work: probes of health, scrapes, and the pages' files and
/// connections.
/// </summary>
internal sealed class ProbeFilter : BaseProcessor<Activity>
{
    private static readonly string[] Paths = ["/health/", "/metrics", "/_blazor", "/_framework", "/_content"];

    public override void OnEnd(Activity data)
    {
        if (data.Kind == ActivityKind.Server && data.GetTagItem("url.path") is string path
            && Paths.Any(each => path.StartsWith(each, StringComparison.Ordinal)))
        {
            // The exporter, which comes after this, takes what is recorded.
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }
}
