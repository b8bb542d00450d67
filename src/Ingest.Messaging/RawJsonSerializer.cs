using System.Net.Mime;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace XilinIngest.Messaging;

/// <summary>The body of a message that was serialised before it was published.</summary>
/// <param name="Json">The contract as JSON in UTF-8.</param>
internal sealed record SerializedBody(byte[] Json);

/// <summary>
/// Writes and reads plain JSON bodies in the format of the contracts. The library's own reader first parses every body into a document,
/// which doubles the cost, and fails on a malformed body before a consumer could dead-letter it. Its writer puts decimals in quotation
/// marks.
/// </summary>
internal sealed class RawJsonSerializer(JsonSerializerOptions options) : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    private static readonly JsonElement EmptyDocument = JsonElement.Parse("{}");

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => context.CreateScope("plain-json");

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        if (context.Message is IntakeMessage intake)
        {
            return new BytesMessageBody(Bytes(intake.Body));
        }

        if (context is RabbitMqSendContext rabbit)
        {
            rabbit.BasicProperties.Type = typeof(T).Name;
        }

        if (context.TryGetPayload<SerializedBody>(out var body))
        {
            return new BytesMessageBody(body.Json);
        }

        return new BytesMessageBody(JsonSerializer.SerializeToUtf8Bytes(context.Message, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));
    }

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
        receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        new RawJsonSerializerContext(body.GetBytes(), options, ContentType);

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var all) && all.Offset == 0 && all.Count == all.Array!.Length ? all.Array : body.ToArray();

    private sealed class RawJsonSerializerContext(
        byte[] body, JsonSerializerOptions options, ContentType contentType) : SystemTextJsonRawSerializerContext(
        SystemTextJsonMessageSerializer.Instance, options, contentType, EmptyMessageContext.Instance, [],
        RawSerializerOptions.AnyMessageType, EmptyDocument)
    {
        public override bool TryGetMessage<T>(out T? message)
            where T : class
        {
            message = typeof(T) == typeof(IntakeMessage)
                ? (T)(object)new IntakeMessage(body) : JsonSerializer.Deserialize<T>(body, Options);
            return message is not null;
        }
    }

    /// <summary>
    /// Replaces the context that the library reads from a message's headers: reply and fault addresses and ids. Any sender can write
    /// headers, so they are not read. <see cref="DeliveryInfo"/> has the properties that the broker verifies.
    /// </summary>
    private sealed class EmptyMessageContext : MessageContext
    {
        public static readonly EmptyMessageContext Instance = new();

        public Guid? MessageId => null;
        public Guid? RequestId => null;
        public Guid? CorrelationId => null;
        public Guid? ConversationId => null;
        public Guid? InitiatorId => null;
        public DateTime? ExpirationTime => null;
        public Uri? SourceAddress => null;
        public Uri? DestinationAddress => null;
        public Uri? ResponseAddress => null;
        public Uri? FaultAddress => null;
        public DateTime? SentTime => null;
        public Headers Headers => EmptyHeaders.Instance;
        public HostInfo Host => HostMetadataCache.Empty;
    }
}
