using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace XilinIngest.Contracts;

/// <summary>
/// Caches texts that occur in nearly every message, such as the codes of indicators. A text is looked up by its bytes, so that its string
/// is allocated once. The number of texts is bounded; if two share a slot, the newer one replaces the other. Safe for concurrent use.
/// </summary>
internal static class RepeatedTexts
{
    private const int Slots = 2048;
    private const int MaxLength = 64;
    private static readonly string?[] Texts = new string?[Slots];

    /// <summary>The text at the position of a reader; null for a JSON null.</summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueIsEscaped
            || reader.ValueSpan.Length > MaxLength)
        {
            return reader.GetString();
        }

        ref var slot = ref Texts[SlotOf(reader.ValueSpan)];
        var known = Volatile.Read(ref slot);
        if (known is not null && Ascii.Equals(reader.ValueSpan, known))
        {
            return known;
        }

        var text = reader.GetString()!;
        Volatile.Write(ref slot, text);
        return text;
    }

    // Codes differ in their first or last characters.
    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < sizeof(ulong))
        {
            var hash = 0U;
            foreach (var b in text)
            {
                hash = hash * 31 + b;
            }

            return (int)(hash % Slots);
        }

        var first = BinaryPrimitives.ReadUInt64LittleEndian(text);
        var last = BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]);
        return (int)((first * 31 + last) * 0x9E3779B97F4A7C15 >> 53) & (Slots - 1);
    }
}
