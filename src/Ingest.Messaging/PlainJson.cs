using System.Net.Mime;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MassTransit;
using MassTransit.Serialization;

namespace XilinIngest.Messaging;

/// <summary>
/// Plain JSON bodies, written and read as the contracts say. The library's own reader makes a document of every body first,
/// which costs as much again, and fails on a body that is no JSON before a consumer could keep it; its writer puts decimals in
/// quotation marks.
/// </summary>
internal sealed class PlainJson(JsonSerializerOptions options) : ISerializerFactory, IMessageSerializer, IMessageDeserializer
{
    private static readonly JsonElement NoDocument = JsonElement.Parse("{}");

    public ContentType ContentType => SystemTextJsonRawMessageSerializer.JsonContentType;

    public IMessageSerializer CreateSerializer() => this;

    public IMessageDeserializer CreateDeserializer() => this;

    public void Probe(ProbeContext context) => context.CreateScope("plain-json");

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class => new BytesMessageBody(context.Message is IntakeMessage intake
            ? Bytes(intake.Body)
            : JsonSerializer.SerializeToUtf8Bytes(context.Message, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T))));

    public MessageBody GetMessageBody(string text) => new StringMessageBody(text);

    public ConsumeContext Deserialize(ReceiveContext receiveContext) => new BodyConsumeContext(
        receiveContext, Deserialize(receiveContext.Body, receiveContext.TransportHeaders, receiveContext.InputAddress));

    public SerializerContext Deserialize(MessageBody body, Headers headers, Uri? destinationAddress = null) =>
        new Context(body.GetBytes(), options, ContentType, new RawMessageContext(headers, destinationAddress, RawSerializerOptions.AnyMessageType));

    private static byte[] Bytes(ReadOnlyMemory<byte> body) =>
        MemoryMarshal.TryGetArray(body, out var all) && all.Offset == 0 && all.Count == all.Array!.Length ? all.Array : body.ToArray();

    private sealed class Context(byte[] body, JsonSerializerOptions options, ContentType contentType, MessageContext message)
        : SystemTextJsonRawSerializerContext(
            SystemTextJsonMessageSerializer.Instance, options, contentType, message, [], RawSerializerOptions.AnyMessageType, NoDocument)
    {
        public override bool TryGetMessage<T>(out T? message)
            where T : class
        {
            message = typeof(T) == typeof(IntakeMessage) ? (T)(object)new IntakeMessage(body) : JsonSerializer.Deserialize<T>(body, Options);
            return message is not null;
        }
    }
}
