using System.Text.Json;
using System.Text.Json.Serialization;

namespace XilinIngest.Contracts;

/// <summary>
/// Writes the members of an enum as camel-case text and reads exactly these. A number or any other text causes a
/// <see cref="JsonException"/> that lists the allowed texts.
/// </summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class CamelCaseEnumConverter<TEnum> : JsonConverter<TEnum>
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, JsonEncodedText> Names =
        Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonEncodedText.Encode(value.ToWireName()));

    /// <inheritdoc/>
    public override TEnum Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (value, name) in Names)
            {
                if (reader.ValueTextEquals(name.EncodedUtf8Bytes))
                {
                    return value;
                }
            }
        }

        var found = reader.TokenType == JsonTokenType.String ? $"'{reader.GetString()}'" : $"A {reader.TokenType}";
        throw new JsonException($"{found} is no {typeof(TEnum).Name}: it is one of {string.Join(", ", Names.Values)}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TEnum value, JsonSerializerOptions options) => writer.WriteStringValue(Names[value]);
}
