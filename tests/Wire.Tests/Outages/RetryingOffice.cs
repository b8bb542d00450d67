using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// An office that sends each letter until the broker has confirmed it, however often the line breaks, and reads its receipts
/// all the while, so many at once that its load lasts as long as that of the others. What was confirmed it does not send again for want of
/// a receipt: that one comes is what is tested.
/// </summary>
/// <param name="atOnce">How many may be sent and not answered.</param>
/// <param name="broker">Where.</param>
/// <param name="code">The office's.</param>
/// <param name="letters">What it sends.</param>
/// <param name="seed">Decides what it sends twice.</param>
internal sealed class RetryingOffice(TestBroker broker, string code, IReadOnlyList<OutgoingMessage> letters, int atOnce, int seed)
{
    private const int ConnectionCount = 4;

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);
    private int _next = -1;
    private int _unanswerable;
    private int _repeats;
    private int _broken;

    internal string Code => code;

    internal IReadOnlyList<OutgoingMessage> Messages => letters;

    /// <summary>By id, as they came.</summary>
    internal ConcurrentDictionary<string, string> Receipts { get; } = [];

    /// <summary>Receipts of one submission that were not the same to the byte.</summary>
    internal ConcurrentQueue<string> Contradictions { get; } = [];

    /// <summary>Confirmed, and sent once more on purpose.</summary>
    internal int Duplicates => _repeats;

    /// <summary>Tries without a confirm.</summary>
    internal int UnconfirmedAttempts => _broken;

    /// <summary>Completes when everything is confirmed.</summary>
    internal Task SendAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(
            Enumerable.Range(0, ConnectionCount)
            .Select(line => Task.Run(() => SendOnConnectionAsync(new Random(seed + line), cancellationToken), cancellationToken)));

    /// <summary>Reads receipts until told to end.</summary>
    internal Task ReceiveAsync(CancellationToken cancellationToken) => ReconnectingConsumer.ReadAsync(
        () => broker.ConnectAsync(code, OfficeDefinitions.Password), Queues.ReceiptsOf(code), Take, cancellationToken);

    private void Take(BasicDeliverEventArgs delivery)
    {
        foreach (var receipt in AmqpOffice.ParseReceipts(delivery))
        {
            var text = receipt.ToJsonString();
            if (Receipts.GetOrAdd((string)receipt["submissionId"]!, text) != text)
            {
                Contradictions.Enqueue(text);
            }
        }
    }

    private async Task SendOnConnectionAsync(Random random, CancellationToken cancellationToken)
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
                if (letters[next].ExpectedOutcome == MessageOutcome.DeadLettered)
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

        async Task ConfirmedAsync(OutgoingMessage letter)
        {
            while (!await TrySendAsync(letter.Body))
            {
                Interlocked.Increment(ref _broken);
                await Task.Delay(RetryDelay, cancellationToken);
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
                    connection = await broker.ConnectAsync(code, OfficeDefinitions.Password);
                    channel = await connection.CreateChannelAsync(
                        new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true),
                        cancellationToken);
                }

                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                timeout.CancelAfter(ConfirmTimeout);
                await channel.BasicPublishAsync(Exchanges.Intake, WireDeployment.PathOf(code), mandatory: true,
                    new BasicProperties { UserId = code, Persistent = true }, body, timeout.Token);
                return true;
            }
            catch (Exception exception)
            when (exception is RabbitMQClientException or IOException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                // The line broke: what was not confirmed is sent again, which counts once. A channel that gave no answer is not asked
                // again.
                channel = null;
                return false;
            }
        }
    }
}

/// <summary>
/// Reads a queue for as long as it is told to, over all breaks of the line. What was handed over is acknowledged then: it may come twice,
/// and is not lost.
/// </summary>
internal static class ReconnectingConsumer
{
    internal static async Task ReadAsync(
        Func<Task<IConnection>> connect, string queue, Action<BasicDeliverEventArgs> take, CancellationToken cancellationToken)
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
