using System.Globalization;
using OpenTelemetry.Exporter;

namespace XilinIngest.Telemetry;

/// <summary>
/// Where one signal is sent, by the variables of that signal. The library reads those of all signals alone; they are its defaults.
/// </summary>
public static class OtlpEndpoint
{
    /// <summary>The variables that name an address.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ];

    /// <summary>Whether a text is an address to send to.</summary>
    /// <param name="text">The value of a variable.</param>
    public static bool IsValid(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <summary>Sets what the variables of a signal say.</summary>
    /// <param name="options">The options of its exporter.</param>
    /// <param name="signal"><c>TRACES</c>, <c>METRICS</c> or <c>LOGS</c>.</param>
    /// <param name="variable">The value of a variable; null: it is not set.</param>
    public static void Apply(OtlpExporterOptions options, string signal, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(variable);
        if (Read("PROTOCOL") is { } protocol)
        {
            options.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (Read("ENDPOINT") is { } endpoint && IsValid(endpoint))
        {
            options.Endpoint = new Uri(endpoint);
        }

        if (Read("HEADERS") is { } headers)
        {
            options.Headers = headers;
        }

        if (int.TryParse(Read("TIMEOUT"), NumberStyles.None, CultureInfo.InvariantCulture, out var timeout))
        {
            options.TimeoutMilliseconds = timeout;
        }

        string? Read(string name) => variable($"OTEL_EXPORTER_OTLP_{signal}_{name}") is { Length: > 0 } text ? text : null;
    }
}
