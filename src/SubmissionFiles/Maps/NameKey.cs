using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>
/// What is compared of a heading or a name: letters, digits and signs in half-width, capitals, one kind of dash, without spaces, line
/// breaks and invisible characters.
/// </summary>
internal static partial class NameKey
{
    public static string Of(string text) => new([.. NumberText.ToHalfWidth(text)
        .Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format)
        .Select(c => c is '—' or '–' or '―' or '‐' or '‑' or '~' ? '-' : char.ToUpperInvariant(c))]);

    /// <summary>Whether a text is the pattern, in which * stands for any characters.</summary>
    public static bool Matches(string pattern, string text)
    {
        var (parts, key) = (Of(pattern).Split('*'), Of(text));
        if (parts.Length == 1)
        {
            return parts[0] == key;
        }

        if (key.Length < parts[0].Length + parts[^1].Length || !key.StartsWith(parts[0], StringComparison.Ordinal)
            || !key.EndsWith(parts[^1], StringComparison.Ordinal))
        {
            return false;
        }

        // Each part in between is found as early as possible, so that the others have most room.
        var (at, end) = (parts[0].Length, key.Length - parts[^1].Length);
        foreach (var part in parts[1..^1])
        {
            var found = key.IndexOf(part, at, end - at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + part.Length;
        }

        return true;
    }

    /// <summary>The number of the column that a map names by its letters, such as <c>C列</c> or <c>column C</c>; 0: it names none.</summary>
    public static int ColumnNumber(string text)
    {
        var key = Of(text);
        var match = ColumnLetters().Match(key);
        return match.Success ? NumberOf(match.Groups["letters"].Value) : 0;
    }

    /// <summary>The row and column of a reference such as <c>B2</c>; null: it is none.</summary>
    public static (int Row, int Column)? Cell(string text)
    {
        var match = Reference().Match(Of(text));
        return match.Success
            ? (int.Parse(match.Groups["row"].Value, CultureInfo.InvariantCulture), NumberOf(match.Groups["letters"].Value)) : null;
    }

    private static int NumberOf(string letters) => letters.Aggregate(0, (number, letter) => number * 26 + letter - 'A' + 1);

    [GeneratedRegex(@"\A(?:(?<letters>[A-Z]{1,3})列|COLUMN(?<letters>[A-Z]{1,3}))\z")]
    private static partial Regex ColumnLetters();

    [GeneratedRegex(@"\A\$?(?<letters>[A-Z]{1,3})\$?(?<row>[1-9][0-9]{0,6})\z")]
    private static partial Regex Reference();
}
