using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>
/// The heading rows as a map writes them: 第3行, 第3至4行, rows 3 to 4. 3-4 is read too, though a spreadsheet program may make a date of it.
/// </summary>
internal static partial class TableMapRows
{
    private const int MaxHeadingRows = 10;

    public static (int First, int Last)? TryRead(string text)
    {
        var match = Rows().Match(NameKey.Of(text));
        if (!match.Success)
        {
            return null;
        }

        var first = int.Parse(match.Groups["first"].Value, CultureInfo.InvariantCulture);
        var last = match.Groups["last"].Success ? int.Parse(match.Groups["last"].Value, CultureInfo.InvariantCulture) : first;
        return first <= last && last - first < MaxHeadingRows ? (first, last) : null;
    }

    /// <summary>The rows in a form that no spreadsheet program makes a date of.</summary>
    public static string Write((int First, int Last) rows, bool english) => rows.First == rows.Last
        ? english ? $"row {rows.First}" : $"第{rows.First}行"
        : english ? $"rows {rows.First} to {rows.Last}" : $"第{rows.First}至{rows.Last}行";

    [GeneratedRegex(@"\A(?:第|ROWS?)?(?<first>[1-9][0-9]{0,4})行?(?:(?:-|至|到|TO)第?(?<last>[1-9][0-9]{0,4})行?)?\z")]
    private static partial Regex Rows();
}
