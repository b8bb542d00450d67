using System.Text.Json;

namespace XilinIngest.Submissions.Reading;

/// <summary>Whether a token is regular. A body with any other token is read by the document reader.</summary>
internal static class RegularTokens
{
    private const int MaxTextBytes = 512;

    public static bool IsPlainString(in Utf8JsonReader reader) => reader is { TokenType: JsonTokenType.String, ValueIsEscaped: false };

    /// <summary>Whether it is null, or a text that <see cref="FieldReader.Text"/> returns.</summary>
    public static bool IsTextOrNull(in Utf8JsonReader reader, int maxLength)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > MaxTextBytes)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        Span<char> text = stackalloc char[MaxTextBytes];
        text = text[..reader.CopyString(text)];
        return text.Length <= maxLength && !FieldReader.HasControlCharacter(text);
    }

    public static bool IsNullOrEmptyArray(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null
        || (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.EndArray);
}
