using System.Reflection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace XilinIngest.Telemetry;

/// <summary>What is exported and in whose name, the same for services and commands.</summary>
public static class TelemetryBuilder
{
    // Commits take milliseconds, steps up to seconds.
    private static readonly double[] DurationBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private static readonly double[] SizeBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

    /// <summary>Adds the traces of this system and of the libraries it stands on.</summary>
    /// <param name="traces">The traces of a program.</param>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static TracerProviderBuilder AddXilin(this TracerProviderBuilder traces, Func<string, string?> variable) =>
        traces.AddSource(TelemetryNames.Sources).SetSampler(RootCallSampler.FromEnvironment(variable));

    /// <summary>Adds the metrics of this system and of the libraries it stands on.</summary>
    /// <param name="metrics">The metrics of a program.</param>
    public static MeterProviderBuilder AddXilin(this MeterProviderBuilder metrics) => metrics.AddMeter(TelemetryNames.Meters)
        .AddView(instrument => !instrument.Meter.Name.StartsWith("XilinIngest.", StringComparison.Ordinal)
            || !instrument.GetType().Name.StartsWith("Histogram", StringComparison.Ordinal)
                ? null
                : new ExplicitBucketHistogramConfiguration { Boundaries = instrument.Unit == "s" ? DurationBounds : SizeBounds });

    /// <summary>Sends the traces by OTLP.</summary>
    /// <param name="traces">The traces of a program.</param>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static TracerProviderBuilder AddOtlp(this TracerProviderBuilder traces, Func<string, string?> variable) =>
        traces.AddOtlpExporter(options => OtlpEndpoint.Apply(options, "TRACES", variable));

    /// <summary>Sends the metrics by OTLP.</summary>
    /// <param name="metrics">The metrics of a program.</param>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static MeterProviderBuilder AddOtlp(this MeterProviderBuilder metrics, Func<string, string?> variable) =>
        metrics.AddOtlpExporter(options => OtlpEndpoint.Apply(options, "METRICS", variable));

    /// <summary>Sends the log by OTLP.</summary>
    /// <param name="logs">The log of a program.</param>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static LoggerProviderBuilder AddOtlp(this LoggerProviderBuilder logs, Func<string, string?> variable) =>
        logs.AddOtlpExporter(options => OtlpEndpoint.Apply(options, "LOGS", variable));

    /// <summary>
    /// Adds the name and version of the running program. <c>OTEL_SERVICE_NAME</c> and <c>OTEL_RESOURCE_ATTRIBUTES</c> go before them.
    /// </summary>
    /// <param name="resource">The resource of a program.</param>
    public static ResourceBuilder AddXilin(this ResourceBuilder resource)
    {
        var program = Assembly.GetEntryAssembly()?.GetName();
        return resource
            .AddService(ServiceName(program?.Name ?? "xilin"), serviceVersion: program?.Version?.ToString(3))
            .AddEnvironmentVariableDetector();
    }

    /// <summary>The name of a service: <c>xilin-worker</c> for <c>XilinIngest.Ingest.Worker</c>.</summary>
    /// <param name="assembly">The name of its assembly.</param>
    internal static string ServiceName(string assembly) => assembly.StartsWith("XilinIngest.", StringComparison.Ordinal)
        ? string.Concat("xilin-", assembly["XilinIngest.".Length..].Replace("Ingest.", "", StringComparison.Ordinal)
            .Replace('.', '-').ToLowerInvariant())
        : assembly;
}
