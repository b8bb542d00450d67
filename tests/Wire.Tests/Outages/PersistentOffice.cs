using System.Text;
using System.Text.Json.Nodes;
using RabbitMQ.Client;
using XilinIngest.Broker;
using XilinIngest.Contracts;
using XilinIngest.Wire.Tests.Services;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>An office that sends until the broker has confirmed it, however often the line breaks, and reads its receipts at the end.</summary>
internal sealed class PersistentOffice(Uri address, string code) : IAsyncDisposable
{
    private static readonly TimeSpan Confirmed = TimeSpan.FromSeconds(5);
    private IConnection? _connection;
    private IChannel? _channel;

    internal async Task SendAsync(IEnumerable<JsonObject> sheets, TimeSpan pause, CancellationToken cancellationToken)
    {
        foreach (var sheet in sheets)
        {
            var body = Encoding.UTF8.GetBytes(sheet.ToJsonString());
            while (!await TrySendAsync(body))
            {
                await Task.Delay(100, cancellationToken);
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>Reads receipts until there is one for each; all that came, by id.</summary>
    internal async Task<ILookup<string, JsonObject>> ReceiptsAsync(int count, TimeSpan patience)
    {
        var received = new System.Collections.Concurrent.ConcurrentQueue<RabbitMQ.Client.Events.BasicDeliverEventArgs>();
        await ConnectAsync();
        await Office.Consume(_channel!, Queues.ReceiptsOf(code), received, autoAck: true);
        await Eventually.IsTrueAsync(() => Task.FromResult(Ids().Distinct().Count() >= count), () => $"{Ids().Distinct().Count()} of {count} submissions have a receipt.", (int)patience.TotalSeconds);
        return received.SelectMany(Office.Parts).ToLookup(receipt => (string)receipt["submissionId"]!);

        IEnumerable<string> Ids() => received.SelectMany(Office.Parts).Select(receipt => (string)receipt["submissionId"]!);
    }

    public async ValueTask DisposeAsync()
    {
        await (_channel?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<bool> TrySendAsync(byte[] body)
    {
        try
        {
            if (_channel is not { IsOpen: true })
            {
                await DisposeAsync();
                await ConnectAsync();
            }

            using var patience = new CancellationTokenSource(Confirmed);
            await _channel!.BasicPublishAsync(Exchanges.Intake, "32.04.04.004", mandatory: true, new BasicProperties { UserId = code, Persistent = true }, body, patience.Token);
            return true;
        }
        catch (Exception exception) when (exception is RabbitMQ.Client.Exceptions.RabbitMQClientException or IOException or OperationCanceledException)
        {
            // The line broke: what was not confirmed is sent again, which counts once.
            return false;
        }
    }

    private async Task ConnectAsync()
    {
        _connection = await TestBroker.ConnectAsync(address, code);
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }
}
