using XilinIngest.Contracts;
using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>A file of tables as its program saved it: all filled cells of all sheets.</summary>
/// <param name="Sheets">In the order of their tabs.</param>
/// <param name="SavedAt">When it was saved.</param>
/// <param name="Findings">Why it cannot be read; empty: it can.</param>
internal sealed record TableFile(IReadOnlyList<TableSheet> Sheets, DateTimeOffset SavedAt, IReadOnlyList<LocatedFinding> Findings)
{
    private const int MaxCells = 500_000;

    // Two whole columns.
    private const long MaxMergedRows = 2_100_000;

    /// <param name="bytes">The file.</param>
    /// <param name="place">Its position.</param>
    /// <param name="savedAt">When it was saved, unless it says so itself.</param>
    public static TableFile Read(byte[] bytes, SourceLocation place, DateTimeOffset savedAt)
    {
        if (!UnsupportedFiles.IsZip(bytes) && TextDecoder.DecodeOfficeText(bytes).Text is { } page && WebPageTables.IsPage(page))
        {
            return WebPageTables.Read(page, place, MaxCells) is { Count: > 0 } sheets
                ? new(sheets, savedAt, [])
                : Invalid(place, FileFindings.NotReadable(
                    "这是网页，里面没有表，或表里套着表，分不清行和列。",
                    "This is a web page without a table, or with tables within tables, whose rows and columns cannot be told.",
                    "在 Excel 或 WPS 中打开，另存为“Excel 工作簿（.xlsx）”。", "Open it in Excel or WPS and save it as an Excel workbook (.xlsx)."),
                    savedAt);
        }

        if (UnsupportedFiles.Check(bytes, Path.GetExtension(place.File).ToLowerInvariant()) is { } kind)
        {
            return Invalid(place, kind, savedAt);
        }

        if (UnsupportedFiles.IsZip(bytes))
        {
            return WorkbookReading.Read(bytes, place, WorkbookLimits.OfOwnFiles, (at, finding) => Invalid(at, finding, savedAt),
                (book, begins) => Read(book, place, book.Modified ?? savedAt, begins));
        }

        return TextDecoder.DecodeOfficeText(bytes).Text is { } text
            ? ReadText(text, place, savedAt)
            : Invalid(place, FileFindings.NotReadable("不是文本文件，或编码不是 UTF-8、GBK。", "This is no text file, or neither UTF-8 nor GBK.",
                "在 Excel 中另存为 .xlsx。", "Save it from Excel as .xlsx."), savedAt);
    }

    private static TableFile Read(WorkbookFile book, SourceLocation place, DateTimeOffset savedAt, Action<SourceLocation> begins)
    {
        var (cells, sheets, count) = (new CellReader(book), new List<TableSheet>(), 0);
        foreach (var sheet in book.Sheets.Where(sheet => book.Has(sheet.Part)))
        {
            var at = place with { Sheet = sheet.Name };
            begins(at);
            SheetLayout layout;
            using (var xml = book.Read(sheet.Part!))
            {
                layout = SheetReader.ReadLayout(xml);
            }

            if (layout.Merged.Sum(cells => (long)Math.Max(0, Math.Min(cells.LastRow, layout.LastFilled) - cells.FirstRow + 1))
                > MaxMergedRows)
            {
                throw new InvalidDataException("Merged cells overlap, or cover too much.");
            }

            using var content = book.Read(sheet.Part!);
            var rows = new List<TableRow>();
            foreach (var row in SheetReader.ReadRows(content, layout.LastFilled))
            {
                rows.Add(new(row.Number, row.IsHidden, Filled(row.Cells.Select(cell => (cell.Column,
                    cells.Read(cell, CellAt(at, row.Number, cell.Column)))))));
                count += row.Cells.Count;
                if (count > MaxCells)
                {
                    return TooMuch(at, savedAt);
                }
            }

            sheets.Add(new(at, sheet.IsVisible, Unique(rows), layout));
        }

        return new(sheets, savedAt, []);
    }

    private static TableFile ReadText(string text, SourceLocation place, DateTimeOffset savedAt)
    {
        var (rows, findings, count) = (new List<TableRow>(), new List<LocatedFinding>(), 0);
        foreach (var record in CsvRecordReader.Read(text, CsvRecordReader.DetectSeparator(text)))
        {
            if (record.IsMalformed)
            {
                findings.Add(new(place with { Row = record.Line }, FileFindings.BadCell(
                    "引号不成对，或单元格内有换行。", "Its quotes do not match, or a cell holds a line break.", "去掉单元格内的换行；文字中的引号写两遍。",
                    "Take the line break out; write a quote within a text twice.")));
            }

            rows.Add(new(record.Line, false, Filled(record.Fields.Select(
                (field, i) => (i + 1, new FileCell(field, CellAt(place, record.Line, i + 1)))))));
            count += record.Fields.Count;
            if (count > MaxCells)
            {
                return TooMuch(place, savedAt);
            }
        }

        return new([new(place, true, Unique(rows), new([], [], rows.Select(row => row.Number).DefaultIfEmpty(0).Max(), false))], savedAt,
            findings);
    }

    // The column of the position holds the cell, because findings name it.
    private static SourceLocation CellAt(SourceLocation place, int row, int column)
    {
        var cell = $"{SheetParts.ColumnLetters(column)}{row}";
        return place with { Row = row, Column = cell, Cell = cell };
    }

    private static Dictionary<int, FileCell> Filled(IEnumerable<(int Column, FileCell Cell)> cells)
    {
        var filled = new Dictionary<int, FileCell>();
        foreach (var (column, cell) in cells.Where(cell => !cell.Cell.IsEmpty))
        {
            if (!filled.TryAdd(column, cell))
            {
                throw new InvalidDataException("A cell is in its row twice.");
            }
        }

        return filled;
    }

    // A damaged file may have a row twice. Its cells would hide each other.
    private static List<TableRow> Unique(List<TableRow> rows) => rows.Select(row => row.Number).Distinct().Count() == rows.Count
        ? rows : throw new InvalidDataException("A row is in the sheet twice.");

    private static TableFile TooMuch(SourceLocation at, DateTimeOffset savedAt) => Invalid(at, FileFindings.NotReadable(
        $"单元格超过 {MaxCells} 个。", $"It has more than {MaxCells} cells.", "分成几个文件。", "Split it into several files."), savedAt);

    private static TableFile Invalid(SourceLocation place, Finding finding, DateTimeOffset savedAt) =>
        new([], savedAt, [new(place, finding)]);
}
