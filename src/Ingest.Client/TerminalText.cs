using System.Globalization;
using System.Text;
using System.Text.Json;
using XilinIngest.Client.Files;

namespace XilinIngest.Client;

/// <summary>Makes foreign text safe for a terminal: no character moves the cursor, reverses the text or hides it.</summary>
internal static class TerminalText
{
    /// <summary>A body as text, and its encoding if that is not UTF-8; null: it is not text, and is shown byte by byte.</summary>
    public static (string Text, string? ReadAs) DecodeBody(byte[] body)
    {
        var text = TextFile.Decode(body, new SourceLocation(""), out _);
        return text is null
            ? (EscapeBytes(body), null) : (ToMultiLine(text), System.Text.Unicode.Utf8.IsValid(body) ? "UTF-8" : "GBK / UTF-16");
    }

    /// <summary>The first characters of a body, on one line.</summary>
    public static string Preview(byte[] body, int length)
    {
        // Enough bytes for this number of characters of any kind. A character that is cut at the end is dropped.
        var (text, _) = DecodeBody(body.Length <= 8 * length ? body : body[..(8 * length)]);
        var line = ToSingleLine(text);
        return line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)] + "…";
    }

    /// <summary>The text on one line.</summary>
    public static string ToSingleLine(string text) => Escaped(text, isLine: true);

    /// <summary>A field of a service's answer on one line; empty: it is absent, or no text.</summary>
    public static string Of(JsonElement answer, string field) =>
        answer.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? ToSingleLine(text.GetString()!) : "";

    private static string ToMultiLine(string text) => Escaped(text.ReplaceLineEndings("\n"), isLine: false);

    private static string Escaped(string text, bool isLine)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isPlain =
                Rune.GetUnicodeCategory(
                    rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
            if (isPlain || (!isLine && rune.Value is '\n' or '\t'))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return shown.ToString();
    }

    private static string EscapeBytes(byte[] body)
    {
        var shown = new StringBuilder(body.Length * 2);
        foreach (var one in body)
        {
            if (one is >= 0x20 and < 0x7F)
            {
                shown.Append((char)one);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
            }
        }

        return shown.ToString();
    }
}
