using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Intake;

/// <summary>Takes a body from the intake queue, records what it holds, and answers with the receipts.</summary>
internal sealed class SubmissionConsumer(
    SubmissionIntake intake, LedgerWriter ledger, ReceiptPublisher answering, DeadLetterPublisher deadLetters, LogThrottle throttle, ILogger<SubmissionConsumer> logger) : IConsumer<IntakeMessage>
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<IntakeMessage> context)
    {
        var body = context.ReceiveContext.Body.GetBytes();
        try
        {
            await HandleAsync(context, body, DeliveryInfo.From(context));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Back to the queue, and not at once: it may pass, and the queue gives a message up after so many tries.
            if (throttle.TryEnter(exception) is { } leftOut)
            {
                logger.LogError(exception, "A message of {Bytes} bytes failed; it goes back to the queue. ({Count} more were not logged before.)", body.Length, leftOut);
            }

            await Task.Delay(RetryDelay, TimeProvider.System, context.CancellationToken);
            throw;
        }
    }

    private async Task HandleAsync(ConsumeContext context, byte[] body, DeliveryInfo? delivery)
    {
        try
        {
            var (receipts, isPack) = await AcceptAsync(body, SenderIdentityFactory.From(delivery), context.CancellationToken);
            if (!isPack)
            {
                await answering.PublishReceiptAsync(context, delivery, receipts[0]);
                return;
            }

            foreach (var pack in ReceiptPackSplitter.Split(receipts))
            {
                await answering.PublishReceiptAsync(context, delivery, pack);
            }
        }
        catch (UnreadableBodyException exception) when (delivery is not null)
        {
            // No receipt is possible: there is no id to answer to. (Inside one process only a fault of our own sends such a body.)
            await deadLetters.PublishAsync(body, delivery, exception, context.CancellationToken);
        }
    }

    // While nothing can be written a message waits here, unacknowledged, as the queue behind it does: failing it would wear out its deliveries.
    private async Task<(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack)> AcceptAsync(byte[] body, SenderIdentity sender, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await intake.AcceptAsync(body, sender, cancellationToken);
            }
            catch (LedgerUnavailableException exception) when (!exception.IsStopping)
            {
                await ledger.Recovered.WaitAsync(cancellationToken);
            }
        }
    }
}
