using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>
/// Sends the broker an empty message to no queue every few seconds, and waits for its confirm: a broker says that it blocks a connection
/// only
/// when something is published on it, and a line that lost its other end shows only when something is waited for.
/// </summary>
internal sealed class BrokerProbe(QueueSender queueSender, ILogger<BrokerProbe> logger) : BackgroundService
{
    // No queue is called so: the broker confirms the message and drops it.
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
            await queueSender.SendAsync(ProbeQueue, new IntakeMessage(default), mustArrive: false, correlationId: null, headers: [],
                stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // What it is sent for is the state of the line, which health shows; the next one is sent in a moment.
            logger.LogDebug(exception, "A probe of the connection to the broker failed.");
        }
    }
}
