using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace XilinIngest.Messaging;

/// <summary>Measures whether messages reach the broker, from the start of the host on.</summary>
internal sealed class BusConnectionGauge(BusHealth health, IMeterFactory meters) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        meters.Create(MessagingTelemetry.Name).CreateObservableGauge(
            "xilin.bus.connected", () => health.Fault is null ? 1 : 0, "{connection}",
            "1: messages reach the broker; 0: they do not.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
