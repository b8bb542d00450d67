using System.Text.RegularExpressions;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>
/// Compares the units of measure that a map gives with those that the table states in its headings and titles, where they differ in their
/// scale alone: figures in 亿元 that are read as 万元 would be wrong by a factor and look plausible.
/// </summary>
internal static partial class SheetMeasures
{
    public static void Compare(
        TableSheet sheet, int firstHeadingRow, SheetColumns columns, IReadOnlyList<HeadingPath> headings, TableNotes notes)
    {
        List<(FileCell Cell, string Measure)> titles = [.. sheet.Rows.Where(row => row.Number < firstHeadingRow)
            .SelectMany(row => row.Cells.Values).SelectMany(cell => StatedIn(cell.Text).Select(measure => (cell, measure)))];
        foreach (var (column, line) in columns.Figures.Where(figure => figure.Line.Measure.Length > 0))
        {
            var heading = headings.FirstOrDefault(heading => heading.Column == column);
            var own = StatedIn(heading?.Text ?? "").Where(measure => IsOfSameKind(measure, line)).ToList();
            if (own.Count > 0 && !own.Exists(measure => IsSame(measure, line)))
            {
                notes.AddFinding(heading!.Location, MapFindings.OtherMeasure(own[0], line.Measure));
            }

            // A title may list the units of measure of several columns: 单位：万元、家.
            var above = titles.Where(title => IsOfSameKind(title.Measure, line)).ToList();
            if (own.Count == 0 && above.Count > 0 && !above.Exists(title => IsSame(title.Measure, line)))
            {
                notes.AddFinding(above[0].Cell, MapFindings.OtherMeasure(above[0].Measure, line.Measure));
            }
        }
    }

    private static bool IsOfSameKind(string measure, TableMapLine line) => Ratio(measure, line) is not null;

    private static bool IsSame(string measure, TableMapLine line) => Ratio(measure, line) == 1;

    private static decimal? Ratio(string measure, TableMapLine line) => MeasureScale.Ratio(measure, NameKey.Of(line.Measure));

    // In brackets, after 单位：, or as the whole text of a heading row or a cell.
    private static IEnumerable<string> StatedIn(string text) => Stated().Matches(NameKey.Of(text))
        .SelectMany(match => match.Groups["measures"].Value.Split([',', ';', '、'], StringSplitOptions.RemoveEmptyEntries))
        .Concat(NameKey.Of(text).Split('/'));

    [GeneratedRegex(@"\((?:(?:计量)?单位:)?(?<measures>[^():]+)\)|单位:(?<measures>[^():]+)")]
    private static partial Regex Stated();
}
