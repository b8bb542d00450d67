using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Intake;

/// <summary>Turns a request over HTTP into the message that would come over the bus.</summary>
internal static class RequestMessage
{
    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false };

    /// <summary>The body with one field before it. The other fields stay as they were sent, so that the intake finds every fault.</summary>
    /// <param name="field">The field that says what the message is; its value is in the path of the request.</param>
    /// <param name="value">Its value.</param>
    /// <param name="body">The body of the request.</param>
    /// <param name="required">Texts without which it is not known whom the message is about, so that no one is refused for it.</param>
    /// <exception cref="UnreadableBodyException">The body is no JSON object, or a required text is missing.</exception>
    public static byte[] Create(string field, JsonValue value, byte[] body, params string[] required)
    {
        try
        {
            using var document = JsonDocument.Parse(body, StrictJson);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new UnreadableBodyException("正文不是一个 JSON 对象。", "The body is not a JSON object.");
            }

            if (Array.Find(required, name => !HasText(document.RootElement, name)) is { } missing)
            {
                throw new UnreadableBodyException($"正文缺少字段 {missing}。", $"The body has no field {missing}.");
            }

            var buffer = new ArrayBufferWriter<byte>(body.Length + 64);
            using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = WireFormat.Options.Encoder }))
            {
                writer.WriteStartObject();
                writer.WritePropertyName(field);
                value.WriteTo(writer);
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    property.WriteTo(writer);
                }

                writer.WriteEndObject();
            }

            return buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            // InvalidOperationException and ArgumentException: a text has an unpaired surrogate.
            throw new UnreadableBodyException($"正文不是有效的 JSON：{exception.Message}", $"The body is not valid JSON: {exception.Message}");
        }
    }

    private static bool HasText(JsonElement body, string name) => body.EnumerateObject().Any(property =>
        property.Value.ValueKind == JsonValueKind.String && property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
