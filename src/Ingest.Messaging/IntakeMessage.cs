using System.Text.Json;
using System.Text.Json.Serialization;

namespace XilinIngest.Messaging;

/// <summary>
/// What arrives at the intake, untouched: any body, from any client. The worker reads it itself, with its own bounds and
/// all findings at once; a serializer would stop at the first fault and lose the bytes that the ledger keeps.
/// </summary>
/// <param name="Body">UTF-8 JSON: one submission, or a pack.</param>
[JsonConverter(typeof(Converter))]
public sealed record IntakeMessage(ReadOnlyMemory<byte> Body)
{
    private sealed class Converter : JsonConverter<IntakeMessage>
    {
        // The consumer takes the bytes from the transport; parsing them here would be work done twice.
        public override IntakeMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return new IntakeMessage(ReadOnlyMemory<byte>.Empty);
        }

        public override void Write(Utf8JsonWriter writer, IntakeMessage value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Body.Span, skipInputValidation: true);
    }
}
