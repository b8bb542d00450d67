using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>The properties of a delivered message. The broker verifies <see cref="Sender"/> alone.</summary>
public sealed record DeliveryInfo
{
    /// <summary>The user id, verified by the broker; null: the message has none.</summary>
    public string? Sender { get; init; }
    public required string Exchange { get; init; }

    /// <summary>Set by the sender and not verified.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>The name of the reply queue, set by the sender and not verified.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Any text, set by the sender.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Null with the in-memory transport, which has no broker and no other senders.</summary>
    public static DeliveryInfo? From(ConsumeContext context) =>
        context.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit)
        ? new DeliveryInfo
        {
            Sender = rabbit.Properties.UserId is { Length: > 0 } user ? user : null,
            Exchange = rabbit.Exchange,
            RoutingKey = rabbit.RoutingKey ?? "",
            ReplyTo = rabbit.Properties.ReplyTo is { Length: > 0 } reply ? reply : null,
            CorrelationId = rabbit.Properties.CorrelationId,
        }
        : null;
}
