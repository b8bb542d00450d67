namespace XilinIngest.Messaging;

/// <summary>A message that waits for its confirm.</summary>
internal sealed class PendingPublish(OutgoingMessage message, CancellationToken cancellationToken)
{
    public OutgoingMessage Message => message;

    public CancellationToken CancellationToken => cancellationToken;

    public TaskCompletionSource Confirmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsReturned { get; set; }

    public void Complete(bool isConfirmed)
    {
        if (!isConfirmed)
        {
            Confirmed.TrySetException(new MessageRejectedException(message.Destination));
        }
        else if (IsReturned)
        {
            Confirmed.TrySetException(new UnroutableMessageException(message.Exchange, message.RoutingKey));
        }
        else
        {
            Confirmed.TrySetResult();
        }
    }
}
