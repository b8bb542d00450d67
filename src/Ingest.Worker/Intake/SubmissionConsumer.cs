using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>Records the submissions of a message from the intake queue, and publishes their receipts.</summary>
internal sealed class SubmissionConsumer(
    SubmissionIntake intake,
    Ledgers ledgers,
    ReceiptPublisher receiptPublisher,
    DeadLetterPublisher deadLetters,
    LogThrottle throttle,
    ILogger<SubmissionConsumer> logger) : IMessageConsumer
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public async Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(message.Body, message.Delivery, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The message returns to the queue after a delay: the fault may pass, and the queue limits the number of deliveries.
            if (throttle.TryEnter(exception) is { } suppressed)
            {
                logger.LogError(
                    exception,
                    "Handling a message of {Bytes} bytes failed; it returns to the queue. ({Count} similar lines suppressed.)",
                    message.Body.Length,
                    suppressed);
            }

            await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
            throw;
        }
    }

    private async Task HandleAsync(byte[] body, DeliveryInfo? delivery, CancellationToken cancellationToken)
    {
        try
        {
            var (receipts, isPack) = await AcceptAsync(body, SenderIdentityFactory.From(delivery), cancellationToken);
            await receiptPublisher.PublishReceiptsAsync(delivery, receipts, isPack, cancellationToken);
        }
        catch (UnreadableBodyException exception) when (delivery is not null)
        {
            // No receipt is possible, because there is no id. Inside one process, only a defect of this program sends such a body.
            await deadLetters.PublishAsync(body, delivery, exception, cancellationToken);
        }
    }

    // While its ledger cannot be written, the message waits here, unacknowledged. A failure would use up its deliveries.
    private async Task<(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack)> AcceptAsync(
        byte[] body, SenderIdentity sender,
        CancellationToken cancellationToken) => await ledgers.RetryWhenRecovered.ExecuteAsync(
            async (state, token) => await intake.AcceptAsync(state.body, state.sender, token), (body, sender), cancellationToken);
}
