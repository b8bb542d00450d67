using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Takes a body from the intake queue, records what it holds, and answers with the receipts.</summary>
internal sealed class SubmissionConsumer(SubmissionIntake intake, ILogger<SubmissionConsumer> logger) : IConsumer<IntakeMessage>
{
    /// <summary>Inside one process no one else can send; on a broker the sender is the user it vouches for.</summary>
    private const string LocalSender = "local";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public async Task Consume(ConsumeContext<IntakeMessage> context)
    {
        var body = context.ReceiveContext.Body.GetBytes();
        try
        {
            var (receipts, isPack) = await TakeAsync(body, context.CancellationToken);
            await (isPack
                ? context.Publish(new SubmissionReceiptPack { Receipts = receipts })
                : context.Publish(receipts[0]));
        }
        catch (UnreadableBodyException exception)
        {
            // No receipt is possible: there is no id to answer to. The in-memory bus has only this process for a sender.
            logger.LogError("A message of {Bytes} bytes cannot be read: {Reason}", body.Length, exception.Message);
            throw;
        }
    }

    // While the disk cannot be written a message waits here, unacknowledged, as the queue behind it does: failing it would wear out its deliveries.
    private async Task<(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack)> TakeAsync(byte[] body, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await intake.TakeAsync(body, LocalSender, cancellationToken);
            }
            catch (LedgerUnavailableException exception) when (!exception.IsStopping)
            {
                await Task.Delay(Again, TimeProvider.System, cancellationToken);
            }
        }
    }
}
