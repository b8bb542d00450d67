using XilinIngest.Messaging;

namespace XilinIngest.Notifier.Events;

/// <summary>Takes alert events from the bus. A message is acknowledged when its event is on disk.</summary>
internal sealed class AlertConsumer(AlertIntake intake) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        intake.TakeAsync(AlertBodyReader.Read(message.Body), message.Body, cancellationToken);
}
