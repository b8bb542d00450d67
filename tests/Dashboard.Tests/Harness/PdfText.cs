using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>The text of each page of a PDF that Chromium has printed: its glyphs, by the tables that map them to characters.</summary>
internal static partial class PdfText
{
    public static IReadOnlyList<string> PagesOf(byte[] pdf)
    {
        var file = Encoding.Latin1.GetString(pdf);
        var objects = Object().Matches(file).ToDictionary(found => found.Groups[1].Value, found => found.Groups[2].Value);
        return [.. objects.Values.Where(each => Page().IsMatch(each)).Select(page => TextOf(page, objects))];
    }

    private static string TextOf(string page, Dictionary<string, string> objects)
    {
        var fonts = FontOf().Matches(page).ToDictionary(
            font => font.Groups[1].Value, font => FontFrom(objects[font.Groups[2].Value], objects));
        var (text, font) = (new StringBuilder(), new Font(4, []));
        foreach (Match shown in Shown().Matches(StreamOf(objects[Contents().Match(page).Groups[1].Value])))
        {
            if (shown.Groups[1].Success)
            {
                font = fonts[shown.Groups[1].Value];
                continue;
            }

            foreach (var glyph in shown.Groups[2].Value.Chunk(font.Digits))
            {
                text.Append(font.Characters.GetValueOrDefault(int.Parse(glyph, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            }
        }

        return text.ToString();
    }

    // Bold Chinese is drawn in fonts of Type 3, whose glyphs have one byte.
    private static Font FontFrom(string font, Dictionary<string, string> objects)
    {
        var map = new Dictionary<int, string>();
        var found = new Font(font.Contains("/Subtype /Type3", StringComparison.Ordinal) ? 2 : 4, map);
        if (ToUnicode().Match(font) is not { Success: true } table)
        {
            return found;
        }

        foreach (Match entry in Mapping().Matches(StreamOf(objects[table.Groups[1].Value])))
        {
            var (from, last) = (Number(entry.Groups[1].Value), entry.Groups[3].Success ? entry.Groups[2].Value : entry.Groups[1].Value);
            var first = entry.Groups[3].Success ? entry.Groups[3].Value : entry.Groups[2].Value;
            for (var glyph = from; glyph <= Number(last); glyph++)
            {
                map[glyph] = first.Length == 4 ? ((char)(Number(first) + glyph - from)).ToString() : "";
            }
        }

        return found;
    }

    private static string StreamOf(string content)
    {
        var at = content.IndexOf("stream\n", StringComparison.Ordinal) + "stream\n".Length;
        using var inflated = new ZLibStream(new MemoryStream(Encoding.Latin1.GetBytes(content[at..])), CompressionMode.Decompress);
        using var text = new StreamReader(inflated, Encoding.Latin1);
        return text.ReadToEnd();
    }

    private static int Number(string hex) => int.Parse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private sealed record Font(int Digits, Dictionary<int, string> Characters);

    [GeneratedRegex(@"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", RegexOptions.Singleline)]
    private static partial Regex Object();

    [GeneratedRegex(@"/Type /Page\b(?!s)")]
    private static partial Regex Page();

    [GeneratedRegex(@"/(F\d+) (\d+) 0 R")]
    private static partial Regex FontOf();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex Contents();

    [GeneratedRegex(@"/ToUnicode (\d+) 0 R")]
    private static partial Regex ToUnicode();

    [GeneratedRegex("<([0-9A-F]{2,4})> <([0-9A-F]{2,})>(?: <([0-9A-F]{4,})>)?")]
    private static partial Regex Mapping();

    [GeneratedRegex(@"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>")]
    private static partial Regex Shown();
}
