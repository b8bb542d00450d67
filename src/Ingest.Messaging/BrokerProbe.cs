using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>
/// Sends the broker an empty message to no queue every few seconds, and waits for its confirm. A broker reports that it blocks a connection
/// only after a publish on it, and a connection that lost its other end shows it only by a missing reply.
/// </summary>
internal sealed class BrokerProbe(QueueSender queueSender, ILogger<BrokerProbe> logger) : BackgroundService
{
    // No queue has this name: the broker confirms the message and drops it.
    private const string ProbeQueue = "xilin.line-probe";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ProbeAsync(stoppingToken);
        }
    }

    private async Task ProbeAsync(CancellationToken stoppingToken)
    {
        try
        {
            await queueSender.SendAsync(ProbeQueue, new IntakeMessage(default), mustArrive: false, correlationId: null, headers: null,
                stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // The probe detects the state of the connection, which health reports. The next probe follows in a moment.
            logger.LogDebug(exception, "A probe of the connection to the broker failed.");
        }
    }
}
