using System.Globalization;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Keeps a body that no one can read, whole and with what is known of it, for people to look at.</summary>
internal sealed class Parking(QueuePost post, TimeProvider clock, LogThrottle throttle, ILogger<Parking> logger)
{
    /// <summary>Completes when the broker has it.</summary>
    public async Task ParkAsync(byte[] body, Arrival arrival, UnreadableBodyException reason, CancellationToken cancellationToken)
    {
        await post.SendAsync(Queues.Parked, new IntakeMessage(body), mustArrive: true, arrival.CorrelationId, new Dictionary<string, string>
        {
            ["x-reason-zh"] = reason.MessageZh,
            ["x-reason-en"] = reason.Message,
            ["x-sender"] = arrival.Sender ?? "",
            ["x-received-at"] = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-exchange"] = arrival.Exchange,
            ["x-routing-key"] = arrival.RoutingKey,
        }, cancellationToken);
        if (throttle.Enter($"parked {arrival.Sender}") is { } leftOut)
        {
            logger.LogWarning("A message of {Bytes} bytes from {Sender} cannot be read and was parked: {Reason} ({Count} more were not logged before.)",
                body.Length, arrival.Sender ?? "an unnamed sender", reason.Message, leftOut);
        }
    }
}
