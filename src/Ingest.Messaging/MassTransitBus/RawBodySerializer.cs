using System.Net.Mime;
using System.Runtime.InteropServices;
using System.Text.Json;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace XilinIngest.Messaging;

/// <summary>
/// Carries bodies unchanged: the contracts are written and read outside the library. The library's own reader first parses every body into
/// a document, which doubles the cost, and fails on a malformed body before a consumer could dead-letter it.
/// </summary>
internal sealed class RawBodySerializer : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    private static readonly JsonElement EmptyDocument = JsonElement.Parse("{}");

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => context.CreateScope("raw-body");

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        return context.Message is RawMessage raw
            ? new BytesMessageBody(Bytes(raw.Body))
            : throw new InvalidOperationException($"A {typeof(T).Name} is sent as a RawMessage.");
    }

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
        receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        new RawBodyContext(body.GetBytes(), ContentType);

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var all) && all.Offset == 0 && all.Count == all.Array!.Length ? all.Array : body.ToArray();

    private sealed class RawBodyContext(byte[] body, ContentType contentType) : SystemTextJsonRawSerializerContext(
        SystemTextJsonMessageSerializer.Instance, JsonSerializerOptions.Default, contentType, EmptyMessageContext.Instance, [],
        RawSerializerOptions.AnyMessageType, EmptyDocument)
    {
        public override bool TryGetMessage<T>(out T? message)
            where T : class
        {
            message = new RawMessage(body) as T;
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
