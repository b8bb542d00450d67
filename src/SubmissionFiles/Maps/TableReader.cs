using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Reads a file of tables by a map: its submissions, and what becomes of every filled cell.</summary>
internal static class TableReader
{
    /// <param name="file">The tables.</param>
    /// <param name="map">The map.</param>
    /// <param name="catalogue">The units and indicators.</param>
    /// <param name="given">The month or year from the command line; null: none.</param>
    /// <param name="correction">The reason of a correction for every submission; null: none.</param>
    /// <param name="withEmpty">Whether the empty cells for figures are wanted too.</param>
    public static TableReading Read(
        TableFile file, TableMap map, Catalogue catalogue, GivenMonth? given, string? correction = null, bool withEmpty = false)
    {
        var (notes, figures) = (new TableNotes(), new List<TableFigure>());
        var index = new CatalogueIndex(catalogue);
        foreach (var sheet in file.Sheets.Where(sheet => sheet.Rows.Count > 0))
        {
            var lines = new SheetLines(map, sheet.Name);
            if (lines.IsIgnored)
            {
                SetAll(sheet, CellUse.Ignored, "对照表：忽略表", "the map: ignore_sheet", notes);
            }
            else if (!sheet.IsVisible)
            {
                notes.AddNotice(sheet.Location, MapFindings.HiddenSheetNotRead());
                SetAll(sheet, CellUse.Ignored, "隐藏的工作表", "a hidden sheet", notes);
            }
            else if (!lines.HasColumns)
            {
                notes.AddFinding(sheet.Location, MapFindings.SheetNotMapped());
                SetAll(sheet, CellUse.Faulty, "对照表中没有这张工作表。", "The map has no line for its sheet.", notes);
            }
            else
            {
                foreach (var (line, first) in lines.Contradictions)
                {
                    notes.AddFinding(line.Location, MapFindings.LineTwice(
                        line.IsSetting ? TableMapWords.Of(line.Meaning).Zh : line.Text, first.Number));
                }

                var names = index.With(lines.Of(MapMeaning.Name));
                figures.AddRange(TableSheetReader.Read(sheet, lines, names, given, withEmpty, notes));
            }
        }

        foreach (var line in map.Lines.Where(line => line.Sheet.Length > 0 && line.Meaning != MapMeaning.IgnoredSheet
            && !file.Sheets.Any(sheet => NameKey.Matches(line.Sheet, sheet.Name))))
        {
            notes.AddFinding(line.Location, MapFindings.BadMap($"文件中没有工作表“{line.Sheet}”。", $"The file has no sheet '{line.Sheet}'.",
                "改正名称，或删去这一行。", "Correct the name, or delete the line."));
        }

        var drafts = withEmpty ? [] : TableSubmissions.Build(figures, file.SavedAt, new CatalogueNames(catalogue), correction, notes);
        if (drafts.Count == 0 && notes.Findings.Count == 0 && !withEmpty)
        {
            notes.AddFinding(file.Sheets.Select(sheet => sheet.Location).FirstOrDefault() ?? map.Location, FileFindings.NoFigures());
        }

        var fates = file.Sheets.SelectMany(sheet => Fates(sheet, notes)).ToList();
        return new(new(drafts, notes.Findings) { Notices = notes.Notices }, figures, fates);
    }

    private static void SetAll(TableSheet sheet, CellUse use, string zh, string en, TableNotes notes)
    {
        foreach (var cell in sheet.Rows.SelectMany(row => row.Cells.Values))
        {
            notes.Set(cell, use, zh, en);
        }
    }

    private static IEnumerable<CellFate> Fates(TableSheet sheet, TableNotes notes) =>
        from row in sheet.Rows
        from cell in row.Cells.OrderBy(cell => cell.Key)
        select notes.Of(cell.Value)
            ?? new CellFate(cell.Value.Location, InputText.Trim(cell.Value.Text), CellUse.Faulty, "没有读", "not read");
}
