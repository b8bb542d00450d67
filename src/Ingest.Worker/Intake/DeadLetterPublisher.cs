using System.Globalization;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Intake;

/// <summary>Publishes a body that cannot be read to the dead letters, with what is known of it.</summary>
internal sealed class DeadLetterPublisher(
    QueueSender queueSender, TimeProvider clock, LogThrottle throttle, ILogger<DeadLetterPublisher> logger)
{
    /// <summary>Completes when the broker has confirmed the message.</summary>
    public async Task PublishAsync(byte[] body, DeliveryInfo delivery, UnreadableBodyException reason, CancellationToken cancellationToken)
    {
        await queueSender.SendAsync(Queues.DeadLetters, new IntakeMessage(body), mustArrive: true, delivery.CorrelationId,
            new Dictionary<string, string>
            {
                ["x-reason-zh"] = reason.MessageZh,
                ["x-reason-en"] = reason.Message,
                ["x-sender"] = delivery.Sender ?? "",
                ["x-received-at"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["x-exchange"] = delivery.Exchange,
                ["x-routing-key"] = delivery.RoutingKey,
            }, cancellationToken);
        if (throttle.TryEnter($"parked {delivery.Sender}") is { } suppressed)
        {
            logger.LogWarning(
                "A message of {Bytes} bytes from {Sender} is unreadable and was dead-lettered: {Reason} "
                    + "({Count} similar lines suppressed.)",
                body.Length, delivery.Sender ?? "an unnamed sender", reason.Message, suppressed);
        }
    }
}
