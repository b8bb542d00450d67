namespace XilinIngest.Telemetry;

/// <summary>
/// Which signals a program sends by OTLP. Nothing, unless OpenTelemetry's own variables name where to, or ask for it.
/// </summary>
/// <param name="Traces">Whether traces are sent.</param>
/// <param name="Metrics">Whether metrics are sent.</param>
/// <param name="Logs">Whether log lines are sent.</param>
public sealed record TelemetryRequest(bool Traces, bool Metrics, bool Logs)
{
    /// <summary>The one exporter that there is.</summary>
    public const string Otlp = "otlp";

    /// <summary>The value by which a signal is not sent.</summary>
    public const string None = "none";

    /// <summary>The variables that name the exporter of a signal.</summary>
    public static IReadOnlyList<string> ExporterVariables { get; } =
        ["OTEL_TRACES_EXPORTER", "OTEL_METRICS_EXPORTER", "OTEL_LOGS_EXPORTER"];

    /// <summary>Whether anything is sent.</summary>
    public bool IsAny => Traces || Metrics || Logs;

    /// <summary>Reads the variables.</summary>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static TelemetryRequest Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return bool.TryParse(variable("OTEL_SDK_DISABLED"), out var isDisabled) && isDisabled
            ? new(false, false, false)
            : new(IsAsked("TRACES"), IsAsked("METRICS"), IsAsked("LOGS"));

        bool IsAsked(string signal) => variable($"OTEL_{signal}_EXPORTER") is { Length: > 0 } exporter
            ? exporter == Otlp
            : !string.IsNullOrEmpty(variable("OTEL_EXPORTER_OTLP_ENDPOINT"))
                || !string.IsNullOrEmpty(variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"));
    }
}
