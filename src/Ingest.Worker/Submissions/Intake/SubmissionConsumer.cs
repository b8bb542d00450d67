using MassTransit;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Takes a body from the intake queue, records what it holds, and answers with the receipts.</summary>
internal sealed class SubmissionConsumer(SubmissionIntake intake, ILogger<SubmissionConsumer> logger) : IConsumer<IntakeMessage>
{
    /// <summary>Inside one process no one else can send; on a broker the sender is the user it vouches for.</summary>
    private const string LocalSender = "local";

    public async Task Consume(ConsumeContext<IntakeMessage> context)
    {
        var body = context.ReceiveContext.Body.GetBytes();
        try
        {
            var (receipts, isPack) = await intake.TakeAsync(body, LocalSender, context.CancellationToken);
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
}
