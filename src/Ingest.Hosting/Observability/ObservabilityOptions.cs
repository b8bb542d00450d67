using Microsoft.Extensions.Configuration;
using XilinIngest.Telemetry;

namespace XilinIngest.Hosting.Observability;

/// <summary>What a service shows of itself on request, by <c>Metrics:Prometheus</c> and <c>Logs:Format</c>.</summary>
/// <param name="ServesMetrics">Whether it serves <c>/metrics</c>.</param>
/// <param name="LogsJson">Whether its log is JSON, one object a line.</param>
internal sealed record ObservabilityOptions(bool ServesMetrics, bool LogsJson)
{
    private const string MetricsKey = "Metrics:Prometheus";
    private const string LogsKey = "Logs:Format";
    private const string Json = "json";
    private const string Text = "text";

    /// <summary>Reads them before the log exists; what cannot be read counts as not set, and <see cref="FindFaults"/> tells it.</summary>
    public static ObservabilityOptions Read(IConfiguration configuration) =>
        new(bool.TryParse(configuration[MetricsKey], out var serves) && serves, configuration[LogsKey] == Json);

    /// <summary>The faults of the settings, and of OpenTelemetry's variables that name an exporter which there is not.</summary>
    public static IEnumerable<string> FindFaults(IConfiguration configuration)
    {
        var faults = new SettingFaults();
        faults.Check(
            MetricsKey, configuration[MetricsKey], text => bool.TryParse(text, out _),
            "true（提供 /metrics）或 false", "true (serves /metrics) or false");
        faults.Check(LogsKey, configuration[LogsKey], text => text is Json or Text, "text 或 json", "text or json");
        foreach (var variable in TelemetryRequest.ExporterVariables)
        {
            faults.Check(
                variable, configuration[variable], text => text is TelemetryRequest.Otlp or TelemetryRequest.None,
                "otlp 或 none；Prometheus 用 Metrics__Prometheus=true", "otlp or none; for Prometheus, Metrics__Prometheus=true");
        }

        foreach (var variable in OtlpEndpoint.Variables)
        {
            faults.Check(
                variable, configuration[variable], OtlpEndpoint.IsValid,
                "http 或 https 地址，如 http://127.0.0.1:4317", "an http or https address, such as http://127.0.0.1:4317");
        }

        return faults.Result.Failures ?? [];
    }
}
