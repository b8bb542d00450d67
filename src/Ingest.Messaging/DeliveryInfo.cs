using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>The properties of a message from the broker. The broker verifies <see cref="Sender"/> alone.</summary>
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

    internal static DeliveryInfo From(string exchange, string? routingKey, IReadOnlyBasicProperties properties) => new()
    {
        Sender = properties.UserId is { Length: > 0 } user ? user : null,
        Exchange = exchange,
        RoutingKey = routingKey ?? "",
        ReplyTo = properties.ReplyTo is { Length: > 0 } reply ? reply : null,
        CorrelationId = properties.CorrelationId,
    };
}
