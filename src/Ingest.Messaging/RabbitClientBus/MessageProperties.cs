using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>
/// The properties of messages. Messages of one type share theirs, which the library only reads. A message that may be returned carries its
/// number on the channel.
/// </summary>
internal sealed class MessageProperties
{
    private const string ContentType = "application/json";

    // Where there are none, the library would add an empty list to each message.
    private static readonly Dictionary<string, object?> NoHeaders = [];

    private readonly Dictionary<string, BasicProperties> _shared = [];

    public BasicProperties Of(OutgoingMessage message, ulong number)
    {
        if (!message.MustArrive && message.CorrelationId is null && message.Headers is null)
        {
            var type = message.Type ?? "";
            if (!_shared.TryGetValue(type, out var shared))
            {
                _shared[type] = shared = Create(message, NoHeaders);
            }

            return shared;
        }

        var headers = message.Headers?.ToDictionary(header => header.Key, object? (header) => header.Value) ?? [];
        if (message.MustArrive)
        {
            headers[Constants.PublishSequenceNumberHeader] = (long)number;
        }

        return Create(message, headers);
    }

    private static BasicProperties Create(OutgoingMessage message, Dictionary<string, object?> headers)
    {
        var properties = new BasicProperties { ContentType = ContentType, Persistent = true, Headers = headers };
        if (message.Type is not null)
        {
            properties.Type = message.Type;
        }

        if (message.CorrelationId is not null)
        {
            properties.CorrelationId = message.CorrelationId;
        }

        return properties;
    }
}
