using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace XilinIngest.Telemetry;

/// <summary>
/// Begins no trace with a call of this program's own: pages and services ask each other every second whether there is news. Everything else
/// is decided by the sampler that the environment names.
/// </summary>
internal sealed class RootCallSampler(Sampler sampler) : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        samplingParameters.Kind == ActivityKind.Client && samplingParameters.ParentContext.TraceId == default
            ? new(SamplingDecision.Drop) : sampler.ShouldSample(samplingParameters);

    /// <summary>The sampler of <c>OTEL_TRACES_SAMPLER</c>; without it, whatever the caller decided, and everything that has none.</summary>
    public static Sampler FromEnvironment(Func<string, string?> variable)
    {
        var ratio = double.TryParse(variable("OTEL_TRACES_SAMPLER_ARG"), NumberStyles.Float, CultureInfo.InvariantCulture, out var read)
            && read is >= 0 and <= 1 ? read : 1;
        return new RootCallSampler(variable("OTEL_TRACES_SAMPLER") switch
        {
            "always_on" => new AlwaysOnSampler(),
            "always_off" => new AlwaysOffSampler(),
            "traceidratio" => new TraceIdRatioBasedSampler(ratio),
            "parentbased_always_off" => new ParentBasedSampler(new AlwaysOffSampler()),
            "parentbased_traceidratio" => new ParentBasedSampler(new TraceIdRatioBasedSampler(ratio)),
            _ => new ParentBasedSampler(new AlwaysOnSampler()),
        });
    }
}
