using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Where a sheet probably has its headings and its rows, for the first map that a clerk then corrects.</summary>
internal sealed record SheetOutline((int First, int Last) HeadingRows, IReadOnlyList<HeadingPath> Headings, IReadOnlyList<TableRow> Rows)
{
    private const int MaxHeadingRows = 4;

    public static SheetOutline Find(TableSheet sheet, CatalogueIndex catalogue)
    {
        var rows = sheet.Rows;
        var first = rows.FirstOrDefault(row => HasNumber(row) && row.Cells.Values.Any(cell => IsLabel(cell.Text, catalogue)))
            ?? rows.FirstOrDefault(row => row.Cells.Values.Any(cell => catalogue.FindUnits(cell.Text).Count > 0))
            ?? rows.FirstOrDefault(row => HasNumber(row) && row.Cells.Count > 1);
        var begin = first?.Number ?? rows[^1].Number + 1;
        var heading = Math.Max(begin - 1, 1);
        while (heading > 1 && begin - heading < MaxHeadingRows && IsHeading(sheet, heading - 1))
        {
            heading--;
        }

        var range = (heading, Math.Max(begin - 1, heading));
        return new(range, HeadingPaths.Read(sheet, range), [.. rows.Where(row => row.Number > range.Item2)]);
    }

    private static bool HasNumber(TableRow row) => row.Cells.Values.Any(cell => NumberText.TryRead(cell.Text, out _, out _));

    private static bool IsLabel(string text, CatalogueIndex catalogue) =>
        catalogue.FindUnits(text).Count > 0 || catalogue.FindIndicators(text).Count > 0 || HeadingWords.IsTotal(text);

    // Half of the columns have a heading, and not the same one, which would be the title.
    private static bool IsHeading(TableSheet sheet, int row)
    {
        var cells = Enumerable.Range(1, sheet.LastColumn).Select(column => sheet.WithMerged(row, column)).ToList();
        return cells.Count(cell => cell is not null) * 2 >= sheet.LastColumn && cells.OfType<Rows.FileCell>().Distinct().Count() > 1;
    }
}
