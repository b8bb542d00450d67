using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>
/// Waits until the broker answers, each time before the library opens its connection. Left to itself, the library tries every 3 s at first
/// and every 30 s after a minute, each sender and each queue in its own time: a broker that came back was found up to half a minute later.
/// </summary>
internal sealed class BrokerWait(BrokerConnection broker, BusLifetime lifetime, LogThrottle throttle, ILogger<BrokerWait> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>Completes when the broker answers, with a refusal too, which the library reports; or when the bus stops.</summary>
    public async Task WaitAsync()
    {
        try
        {
            while (!await broker.AnswersAsync(lifetime.Stopping))
            {
                if (throttle.TryEnter($"no answer from {broker}") is { } suppressed)
                {
                    logger.LogWarning(
                        "The broker {Broker} does not answer. It is tried again twice a second. ({Count} similar lines suppressed.)",
                        broker, suppressed);
                }

                await Task.Delay(Interval, TimeProvider.System, lifetime.Stopping);
            }
        }
        catch (OperationCanceledException) when (lifetime.Stopping.IsCancellationRequested)
        {
            // The library's attempt may fail, since the bus stops.
        }
    }
}
