using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using XilinIngest.Hosting.Access;
using XilinIngest.Telemetry;

namespace XilinIngest.Hosting.Observability;

/// <summary>The log on the console, and what a service sends by OTLP or serves for Prometheus (docs/observability.md).</summary>
internal static class ObservabilityRegistration
{
    private const string MetricsPath = "/metrics";

    /// <summary>Adds what the settings ask for: without any, the log in text and nothing else.</summary>
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        var options = ObservabilityOptions.Read(builder.Configuration);
        AddConsole(builder.Logging, options);
        var request = TelemetryRequest.Read(key => builder.Configuration[key]);
        if (request.IsAny || options.ServesMetrics)
        {
            Export(builder, request, options);
        }
    }

    /// <summary>Completes the spans of requests where they are traced.</summary>
    public static void UseRequestSpans(this WebApplication app)
    {
        if (TelemetryRequest.Read(key => app.Configuration[key]).Traces)
        {
            app.Use(RequestSpan.CompleteAsync);
        }
    }

    /// <summary>Maps <c>/metrics</c> where the settings ask for it.</summary>
    public static void MapMetrics(this WebApplication app)
    {
        if (ObservabilityOptions.Read(app.Configuration).ServesMetrics)
        {
            MapPrometheus(app);
        }
    }

    // By itself, so that the library is loaded where it is asked for.
    private static void MapPrometheus(WebApplication app) => app.MapPrometheusScrapingEndpoint(MetricsPath).RequireAnyRight();

    private static void AddConsole(ILoggingBuilder logging, ObservabilityOptions options)
    {
        logging.ClearProviders();
        if (options.LogsJson)
        {
            logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
            logging.AddConsole(console => console.FormatterName = JsonLogFormatter.FormatterName);
            return;
        }

        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
    }

    private static void Export(WebApplicationBuilder builder, TelemetryRequest request, ObservabilityOptions options)
    {
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddXilin());
        if (request.Traces)
        {
            // The framework says which path was asked for only where it is asked to.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            telemetry.WithTracing(traces => traces.AddXilin(Setting).AddProcessor(new ProbeFilter()).AddOtlp(Setting));
        }

        if (request.Metrics || options.ServesMetrics)
        {
            telemetry.WithMetrics(metrics => AddReaders(metrics.AddXilin(), request, options, Setting));
        }

        if (request.Logs)
        {
            telemetry.WithLogging(logs => logs.AddOtlp(Setting), line => line.IncludeFormattedMessage = true);
        }

        string? Setting(string key) => builder.Configuration[key];
    }

    private static void AddReaders(
        MeterProviderBuilder metrics, TelemetryRequest request, ObservabilityOptions options, Func<string, string?> setting)
    {
        if (request.Metrics)
        {
            metrics.AddOtlp(setting);
        }

        if (options.ServesMetrics)
        {
            metrics.AddPrometheusExporter();
        }
    }
}
