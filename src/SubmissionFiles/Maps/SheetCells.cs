using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Notes what becomes of the cells of a sheet that are not figures, and which cells the map does not explain.</summary>
internal sealed class SheetCells(
    TableSheet sheet, SheetColumns columns, IReadOnlyList<HeadingPath> headings, int firstHeadingRow, TableNotes notes)
{
    /// <summary>What becomes of a cell below the headings, by the line of its column.</summary>
    public void SetUse(int column, FileCell cell)
    {
        var line = columns.At(column);
        if (line is { Meaning: MapMeaning.IgnoredColumn })
        {
            notes.Set(cell, CellUse.Ignored, $"对照表第 {line.Number} 行：忽略列", $"line {line.Number} of the map: ignore_column");
        }
        else if (line is not null && sheet.MergedAt(cell.Location.Row!.Value, column) is { } merged
            && (line.Meaning == MapMeaning.Figure || merged.FirstRow != cell.Location.Row || merged.FirstColumn != column))
        {
            // Which rows and columns a merged figure is for cannot be told, and what is under another cell is not seen.
            notes.AddFinding(cell, FileFindings.CellsMerged(merged.Range));
        }
        else if (columns.Faulty.Contains(column))
        {
            notes.Set(cell, CellUse.Faulty, "所在的列在对照表中没有，或不明确。", "The map has no line for its column, or no clear one.");
        }
        else if (line is null)
        {
            notes.AddFinding(cell, FileFindings.NoHeading(SheetParts.ColumnLetters(column)));
        }
        else
        {
            notes.Set(cell, CellUse.Key, TableMapWords.Of(line.Meaning).Zh, TableMapWords.Of(line.Meaning).En);
        }
    }

    /// <summary>What becomes of the cells of a heading row, or of one above.</summary>
    public void SetHeadings(TableRow row)
    {
        var isAbove = row.Number < firstHeadingRow;
        foreach (var (column, cell) in row.Cells.Where(cell => !notes.Has(cell.Value)))
        {
            if (isAbove)
            {
                notes.Set(cell, CellUse.Ignored, "在表头以上", "above the headings");
            }
            else if (columns.Faulty.Contains(column))
            {
                notes.Set(cell, CellUse.Faulty, "表头在对照表中没有，或不明确。", "The map has no line for the heading, or no clear one.");
            }
            else
            {
                notes.Set(cell, CellUse.Heading, $"表头：{headings.FirstOrDefault(heading => heading.Column == column)?.Text}",
                    $"heading: {headings.FirstOrDefault(heading => heading.Column == column)?.Text}");
            }
        }
    }

    /// <summary>The same for all cells of a row.</summary>
    public void SetAll(TableRow row, CellUse use, string zh, string en)
    {
        foreach (var cell in row.Cells.Values)
        {
            notes.Set(cell, use, zh, en);
        }
    }

    /// <summary>Adds one notice for a hidden row or column with figures.</summary>
    public void AddVisibilityNotice(TableRow row, int column, FileCell cell)
    {
        if (sheet.IsHidden(row, column))
        {
            notes.AddNotice(
                row.IsHidden ? sheet.Location with { Row = row.Number }
                    : sheet.Location with { Column = SheetParts.ColumnLetters(column) },
                MapFindings.HiddenFigures());
        }
        else if (sheet.HidesZeros && cell.Text == "0")
        {
            notes.AddNotice(sheet.Location, FileFindings.HiddenZero());
        }
    }
}
