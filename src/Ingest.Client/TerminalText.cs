using System.Globalization;
using System.Text;
using XilinIngest.Client.Files;

namespace XilinIngest.Client;

/// <summary>
/// What a stranger sent or wrote, as a terminal can show it: nothing in it moves the cursor, turns the text round or hides it.
/// </summary>
internal static class TerminalText
{
    /// <summary>A body as text, and what it was read as where that is not UTF-8; null: it is no text, and shown byte by byte.</summary>
    public static (string Text, string? ReadAs) DecodeBody(byte[] body)
    {
        var text = TextFile.Decode(body, new SourceLocation(""), out _);
        return text is null
            ? (EscapeBytes(body), null) : (ToMultiLine(text), System.Text.Unicode.Utf8.IsValid(body) ? "UTF-8" : "GBK / UTF-16");
    }

    /// <summary>The first characters of a body, on one line.</summary>
    public static string Preview(byte[] body, int length)
    {
        // Enough for so many characters of any kind, and not in the middle of one: the rest of a broken one is cut off with it.
        var (text, _) = DecodeBody(body.Length <= 8 * length ? body : body[..(8 * length)]);
        var line = ToSingleLine(text);
        return line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 1]) ? length - 1 : length)] + "…";
    }

    /// <summary>On one line.</summary>
    public static string ToSingleLine(string text) => Escaped(text, isLine: true);

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
