using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Client.DeadLetters;

/// <summary>A dead letter: a worker could not read it, or the broker had redelivered it too often.</summary>
internal sealed record DeadLetterMessage
{
    private const string DeathHeader = "x-death";

    /// <summary>The delivery tag on this connection.</summary>
    public required ulong DeliveryTag { get; init; }

    /// <summary>Eight hexadecimal digits derived from the message, so that they do not depend on the reader or on other messages.</summary>
    public required string Id { get; init; }

    /// <summary>The time in UTC; empty if neither a worker nor the broker recorded it.</summary>
    public required string DeadLetteredAt { get; init; }

    /// <summary>The user that the broker verified; null: the message names none.</summary>
    public required string? Sender { get; init; }

    /// <summary>The exchange that the message was first sent to.</summary>
    public required string Exchange { get; init; }
    public required string RoutingKey { get; init; }
    public required string ReasonZh { get; init; }
    public required string ReasonEn { get; init; }
    public required byte[] Body { get; init; }
    public required IReadOnlyBasicProperties Properties { get; init; }

    public static DeadLetterMessage FromDelivery(BasicGetResult got)
    {
        var message = Death(got.BasicProperties) is { } death ? FromBroker(got, death) : FromWorker(got);
        return message with { Id = ComputeId(message) };
    }

    // The sender sets its own headers, which may contain anything. The broker writes the queue and the reason into "x-death", and leaves
    // the sender's other entries for this queue unchanged. Exchange, time and count may therefore be the sender's.
    private static DeadLetterMessage FromBroker(BasicGetResult got, IDictionary<string, object?> death)
    {
        var (queue, sender) = (Text(death, "queue"), NullIfEmpty(got.BasicProperties.UserId));
        var exchange = ExchangeOf(queue, sender);
        return Empty(got) with
        {
            DeadLetteredAt =
            exchange is Exchanges.Replay or Exchanges.Accepted && death.TryGetValue("time", out var time) && time is AmqpTimestamp stamp
                ? Utc(DateTimeOffset.FromUnixTimeSeconds(stamp.UnixTime)) : "",
            Sender = sender,
            Exchange = exchange,
            RoutingKey = got.RoutingKey,
            ReasonZh = $"队列 {queue} 放弃了它（{Text(death, "reason")}）：每次处理都失败，或服务反复中断。原因见服务的日志。",
            ReasonEn = $"The queue {queue} gave it up ({Text(death, "reason")}): handling it failed every time, or the service broke off "
                + "again and again. The service's log says why.",
        };
    }

    // An office may write only to the intake, whatever its message says.
    private static string ExchangeOf(string queue, string? sender) => UnitCode.TryParse(sender, out _) ? Exchanges.Intake : queue switch
    {
        "xilin.worker.replay" => Exchanges.Replay,
        "xilin.worker.intake" => Exchanges.Intake,
        _ => queue.StartsWith("xilin.worker.intake.", StringComparison.Ordinal) ? Exchanges.Intake : "",
    };

    private static DeadLetterMessage FromWorker(BasicGetResult got)
    {
        var headers = got.BasicProperties.Headers ?? new Dictionary<string, object?>();
        return Empty(got) with
        {
            DeadLetteredAt = Text(headers, "x-received-at"),
            Sender = NullIfEmpty(Text(headers, "x-sender")),
            Exchange = Text(headers, "x-exchange"),
            RoutingKey = Text(headers, "x-routing-key"),
            ReasonZh = Text(headers, "x-reason-zh"),
            ReasonEn = Text(headers, "x-reason-en"),
        };
    }

    private static DeadLetterMessage Empty(BasicGetResult got) => new()
    {
        DeliveryTag = got.DeliveryTag,
        Id = "",
        DeadLetteredAt = "",
        Sender = null,
        Exchange = "",
        RoutingKey = "",
        ReasonZh = "",
        ReasonEn = "",

        // The client library reuses the buffer.
        Body = got.Body.ToArray(),
        Properties = new BasicProperties(got.BasicProperties),
    };

    /// <summary>Whether staff may send it again: only to the exchange of submissions or of replays.</summary>
    public bool CanBeResent => Exchange is Exchanges.Intake or Exchanges.Replay;

    /// <summary>A header's value as text.</summary>
    public static string FormatHeader(object? value) => value switch
    {
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        IDictionary<string, object?> table => $"{{{string.Join(", ", table.Select(pair => $"{pair.Key}: {FormatHeader(pair.Value)}"))}}}",
        System.Collections.IEnumerable list and not string => $"[{string.Join(", ", list.Cast<object?>().Select(FormatHeader))}]",
        AmqpTimestamp time => Utc(DateTimeOffset.FromUnixTimeSeconds(time.UnixTime)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static IDictionary<string, object?>? Death(IReadOnlyBasicProperties properties) =>
        properties.Headers?.TryGetValue(DeathHeader, out var deaths) == true && deaths is IList<object?> { Count: > 0 } all
            ? all[0] as IDictionary<string, object?> : null;

    private static string ComputeId(DeadLetterMessage message)
    {
        var said = string.Join('\n', message.Properties.MessageId, message.Sender, message.Exchange, message.RoutingKey,
            message.DeadLetteredAt, message.Body.Length.ToString(CultureInfo.InvariantCulture));
        return Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(said), .. message.Body]))[..8];
    }

    private static string Text(IDictionary<string, object?> headers, string name) =>
        headers.TryGetValue(name, out var value) ? FormatHeader(value) : "";

    private static string? NullIfEmpty(string? user) => string.IsNullOrEmpty(user) ? null : user;

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
