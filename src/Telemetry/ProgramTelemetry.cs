using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace XilinIngest.Telemetry;

/// <summary>What a command sends of its run, until it ends.</summary>
public sealed class ProgramTelemetry : IDisposable
{
    private readonly IReadOnlyList<IDisposable> _exports;

    private ProgramTelemetry(IReadOnlyList<IDisposable> exports) => _exports = exports;

    /// <summary>Starts what the environment asks for; usually nothing, and then no library is loaded.</summary>
    public static ProgramTelemetry Start()
    {
        var request = TelemetryRequest.Read(Environment.GetEnvironmentVariable);
        var exports = new List<IDisposable>();
        if (request.Traces)
        {
            exports.Add(Export.Traces());
        }

        if (request.Metrics)
        {
            exports.Add(Export.Metrics());
        }

        return new(exports);
    }

    /// <summary>Sends what is left. A receiver that does not answer delays the end by some seconds.</summary>
    public void Dispose()
    {
        foreach (var export in _exports)
        {
            export.Dispose();
        }
    }

    private static class Export
    {
        public static TracerProvider Traces() => Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddXilin()).AddXilin(Environment.GetEnvironmentVariable)
            .AddOtlp(Environment.GetEnvironmentVariable).Build();

        public static MeterProvider Metrics() => Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.AddXilin()).AddXilin().AddOtlp(Environment.GetEnvironmentVariable).Build();
    }
}
