using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.SubmissionFiles.Rows;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>A column's heading: the texts of the heading rows from above, joined by a slash.</summary>
internal sealed record HeadingPath(int Column, string Text, SourceLocation Location);

/// <summary>Reads headings in one or several rows, where a merged cell is the heading of all columns and rows that it covers.</summary>
internal static class HeadingPaths
{
    public static IReadOnlyList<HeadingPath> Read(TableSheet sheet, (int First, int Last) rows) =>
        [.. Enumerable.Range(1, sheet.LastColumn).Select(column => Read(sheet, rows, column)).OfType<HeadingPath>()];

    private static HeadingPath? Read(TableSheet sheet, (int First, int Last) rows, int column)
    {
        var (parts, seen, location) = (new List<string>(), new HashSet<MergedCells>(), (SourceLocation?)null);
        for (var row = rows.First; row <= rows.Last; row++)
        {
            if (sheet.MergedAt(row, column) is { } merged && !seen.Add(merged))
            {
                continue;
            }

            if (sheet.WithMerged(row, column) is { } cell)
            {
                parts.Add(OneLine(cell.Text));
                location = cell.Location;
            }
        }

        return parts.Count == 0 ? null : new(column, string.Join('/', parts), location!);
    }

    private static string OneLine(string text) => string.Join("", InputText.Trim(text).Split(['\r', '\n', '\t']).Select(InputText.Trim));
}
