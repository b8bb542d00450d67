using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>What the broker says of a queue.</summary>
/// <param name="Name">The queue.</param>
/// <param name="Messages">How many messages wait in it.</param>
/// <param name="Consumers">How many processes read it.</param>
public sealed record QueueFigures(string Name, uint Messages, uint Consumers);

/// <summary>
/// Asks the broker every half minute how many messages wait in the queues of this process. A queue that is declared passively answers with
/// its depth and its consumers, which needs no right and no password of the management.
/// </summary>
internal sealed class QueueMonitor : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly BrokerConnection _address;
    private readonly IReadOnlyList<IBusQueue> _queues;
    private readonly bool _hasParked;
    private readonly QueueOpener _opener;
    private readonly ILogger _logger;

    /// <param name="address">The broker.</param>
    /// <param name="queues">The queues that this process reads.</param>
    /// <param name="opener">Knows which of its own it reads now. Asking for one that it does not read would keep it from expiring.</param>
    /// <param name="meters">Makes the meter.</param>
    /// <param name="logger">Gets what went wrong.</param>
    public QueueMonitor(
        BrokerConnection address, IReadOnlyList<IBusQueue> queues, QueueOpener opener, IMeterFactory meters, ILogger<QueueMonitor> logger)
    {
        (_address, _queues, _opener, _logger) = (address, queues, opener, logger);

        // Who takes submissions parks what cannot be handled, and so tells of the parked messages.
        _hasParked = queues.Any(queue => queue.Exchange == Exchanges.Intake);
        var meter = meters.Create(MessagingTelemetry.Name);
        meter.CreateObservableGauge(
            "xilin.queue.messages", () => Measure(queue => queue.Messages), "{message}", "Messages that wait in a queue of the broker.");
        meter.CreateObservableGauge(
            "xilin.queue.consumers", () => Measure(queue => queue.Consumers), "{process}", "Processes that read a queue of the broker.");
    }

    /// <summary>The newest answer; null: there is none yet, or the broker did not answer the last time.</summary>
    public IReadOnlyList<QueueFigures>? Newest { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        do
        {
            Newest = await ReadAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private IEnumerable<Measurement<long>> Measure(Func<QueueFigures, uint> figure) => (Newest ?? [])
        .Select(queue => new Measurement<long>(figure(queue), new KeyValuePair<string, object?>("queue", queue.Name)));

    private async Task<IReadOnlyList<QueueFigures>?> ReadAsync(CancellationToken stoppingToken)
    {
        try
        {
            var names = _queues.Where(queue => !queue.IsOwn || _opener.IsOpen(queue))
                .ToDictionary(queue => queue.NameOnBroker, queue => queue.Name);
            if (_hasParked)
            {
                names.Add(Queues.DeadLetters, Queues.DeadLetters);
            }

            return (await _address.ReadQueuesAsync(names.Keys, stoppingToken))
                ?.ConvertAll(queue => queue with { Name = names[queue.Name] });
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // Only the figures are missing; whether the broker can be reached is the check of the bus.
            _logger.LogDebug(exception, "The queues of the broker could not be read.");
            return null;
        }
    }
}
