using System.Globalization;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Keeps a body that no one can read, whole and with what is known of it, for people to look at.</summary>
internal sealed class Parking(QueuePost post, TimeProvider clock, ILogger<Parking> logger)
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
        logger.LogWarning("A message of {Bytes} bytes from {Sender} cannot be read and was parked: {Reason}", body.Length, Named(arrival.Sender), reason.Message);
    }

    internal static string Named(string? sender) => sender is { Length: > 0 } ? sender : "an unnamed sender";
}
