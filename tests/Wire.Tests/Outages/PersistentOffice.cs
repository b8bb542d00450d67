using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Broker;
using XilinIngest.Contracts;
using XilinIngest.Wire.Tests.Services;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// An office that sends each letter until the broker has confirmed it, however often the line breaks, and reads its receipts
/// all the while, so many at once that its load lasts as long as that of the others. What was confirmed it does not send again for want of a receipt: that one comes is what is tested.
/// </summary>
/// <param name="atOnce">How many may be sent and not answered.</param>
/// <param name="broker">Where.</param>
/// <param name="code">The office's.</param>
/// <param name="letters">What it sends.</param>
/// <param name="seed">Decides what it sends twice.</param>
internal sealed class PersistentOffice(TestBroker broker, string code, IReadOnlyList<Letter> letters, int atOnce, int seed)
{
    private const int Lines = 4;

    private static readonly TimeSpan Confirmed = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private int _next = -1;
    private int _unanswerable;
    private int _repeats;
    private int _broken;

    internal string Code => code;

    internal IReadOnlyList<Letter> Letters => letters;

    /// <summary>By id, as they came.</summary>
    internal ConcurrentDictionary<string, string> Receipts { get; } = [];

    /// <summary>Receipts of one submission that were not the same to the byte.</summary>
    internal ConcurrentQueue<string> Contradictions { get; } = [];

    /// <summary>Confirmed, and sent once more on purpose.</summary>
    internal int Repeats => _repeats;

    /// <summary>Tries without a confirm.</summary>
    internal int Broken => _broken;

    /// <summary>Completes when everything is confirmed.</summary>
    internal Task SendAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Lines).Select(line => Task.Run(() => SendOnLineAsync(new Random(seed + line), cancellationToken), cancellationToken)));

    /// <summary>Reads receipts until told to end.</summary>
    internal Task ReceiveAsync(CancellationToken cancellationToken) => Reader.ReadAsync(
        () => broker.ConnectAsync(code, Definitions.Password), Queues.ReceiptsOf(code), Take, cancellationToken);

    private void Take(BasicDeliverEventArgs delivery)
    {
        foreach (var receipt in Office.Parts(delivery))
        {
            var text = receipt.ToJsonString();
            if (Receipts.GetOrAdd((string)receipt["submissionId"]!, text) != text)
            {
                Contradictions.Enqueue(text);
            }
        }
    }

    private async Task SendOnLineAsync(Random random, CancellationToken cancellationToken)
    {
        IConnection? connection = null;
        IChannel? channel = null;
        try
        {
            while (Interlocked.Increment(ref _next) is var next && next < letters.Count)
            {
                while (next - Volatile.Read(ref _unanswerable) - Receipts.Count > atOnce)
                {
                    await Task.Delay(5, cancellationToken);
                }

                await ConfirmedAsync(letters[next]);
                if (letters[next].Fate == Fate.Parked)
                {
                    Interlocked.Increment(ref _unanswerable);
                }

                if (random.Next(20) == 0)
                {
                    Interlocked.Increment(ref _repeats);
                    await ConfirmedAsync(letters[random.Next(next + 1)]);
                }
            }
        }
        finally
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        async Task ConfirmedAsync(Letter letter)
        {
            while (!await TrySendAsync(letter.Body))
            {
                Interlocked.Increment(ref _broken);
                await Task.Delay(Again, cancellationToken);
            }
        }

        async Task<bool> TrySendAsync(byte[] body)
        {
            try
            {
                if (channel is not { IsOpen: true })
                {
                    await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
                    connection = null;
                    connection = await broker.ConnectAsync(code, Definitions.Password);
                    channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
                }

                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(Confirmed);
                await channel.BasicPublishAsync(Exchanges.Intake, Deployment.PathOf(code), mandatory: true, new BasicProperties { UserId = code, Persistent = true }, body, patience.Token);
                return true;
            }
            catch (Exception exception) when (exception is RabbitMQClientException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // The line broke: what was not confirmed is sent again, which counts once. A channel that gave no answer is not asked again.
                channel = null;
                return false;
            }
        }
    }
}

/// <summary>Reads a queue for as long as it is told to, over all breaks of the line. What was handed over is acknowledged then: it may come twice, and is not lost.</summary>
internal static class Reader
{
    internal static async Task ReadAsync(Func<Task<IConnection>> connect, string queue, Action<BasicDeliverEventArgs> take, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connect();
                await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
                var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                channel.ChannelShutdownAsync += (_, _) =>
                {
                    ended.TrySetResult();
                    return Task.CompletedTask;
                };
                await channel.BasicQosAsync(0, 500, false, cancellationToken);
                var consumer = new AsyncEventingBasicConsumer(channel);
                consumer.ReceivedAsync += async (_, delivery) =>
                {
                    take(delivery);
                    await channel.BasicAckAsync(delivery.DeliveryTag, multiple: false, cancellationToken);
                };
                await channel.BasicConsumeAsync(queue, autoAck: false, consumer, cancellationToken);
                await ended.Task.WaitAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is RabbitMQClientException or IOException or OperationCanceledException)
            {
                // The line broke, or it is told to end; the loop looks which.
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }
}
