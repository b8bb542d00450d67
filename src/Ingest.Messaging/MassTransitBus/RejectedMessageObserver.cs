using MassTransit;
using PublishException = RabbitMQ.Client.Exceptions.PublishException;

namespace XilinIngest.Messaging;

/// <summary>
/// Gives up the connection when the broker rejects a message. The library would send it again on the same channel, and tells nobody.
/// </summary>
internal sealed class RejectedMessageObserver(BrokerConnectionMonitor monitor) : ISendObserver
{
    public Task PreSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class
    {
        if (exception is RabbitMqConnectionException { InnerException: PublishException { IsReturn: false } })
        {
            monitor.GiveUpConnection($"The broker rejected a message for {context.DestinationAddress?.AbsolutePath.TrimStart('/')}.");
        }

        return Task.CompletedTask;
    }
}
