using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>What the broker says about a message, and what its sender asked for. Only <see cref="Sender"/> is vouched for.</summary>
public sealed record DeliveryInfo
{
    /// <summary>The user whom the broker checked; null: the message names none.</summary>
    public string? Sender { get; init; }
    public required string Exchange { get; init; }

    /// <summary>As the sender wrote it: it proves nothing.</summary>
    public required string RoutingKey { get; init; }

    /// <summary>A queue's name, as the sender wrote it.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Any text.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Null inside one process, where there is no broker and no one else.</summary>
    public static DeliveryInfo? From(ConsumeContext context) => context.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit)
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
