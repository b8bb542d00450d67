using System.Diagnostics;

namespace XilinIngest.ClientLibrary.Transports;

/// <summary>
/// The traces of a client, of the source <c>XilinIngest.Client</c>. A program that traces adds it, and sees its submissions go on through
/// the service.
/// </summary>
internal static class ClientTelemetry
{
    private static readonly ActivitySource Source = new("XilinIngest.Client");

    /// <summary>The span of a submission until it is confirmed.</summary>
    public static Activity? StartSubmit(SubmissionMessage message) => Source.HasListeners()
        ? Source.StartActivity("submit", ActivityKind.Producer)?.SetTag("xilin.submission.id", message.Id.ToString("D"))
            .SetTag("xilin.unit", message.Unit).SetTag("xilin.period", message.Period)
        : null;

    /// <summary>
    /// The headers by which the service goes on with the trace; null: nobody traces. A trace that is not recorded here is not handed on,
    /// because the service would not record it either.
    /// </summary>
    public static Dictionary<string, object?>? Headers()
    {
        if (Activity.Current is not { Recorded: true, IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            return null;
        }

        var headers = new Dictionary<string, object?> { ["traceparent"] = id };
        if (activity.TraceStateString is { Length: > 0 } state)
        {
            headers["tracestate"] = state;
        }

        return headers;
    }
}
