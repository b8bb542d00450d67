using System.IO.Compression;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Files;
using FileCell = XilinIngest.Client.Files.Cell;
using FileColumn = XilinIngest.Client.Files.Column;
using FileColumns = XilinIngest.Client.Files.Columns;

namespace XilinIngest.Client.Forms;

/// <summary>Reads the form back, from Excel, WPS or LibreOffice, and any sheet with the columns of the CSV.</summary>
internal static class ExcelFile
{
    private const long MaxUnpacked = 256 * 1024 * 1024;
    private const int HeadRows = 40;

    public static FileContent Read(byte[] bytes, Place place, DateTimeOffset savedAt, KnownCatalogue? catalogue)
    {
        try
        {
            using (var zip = new ZipArchive(new MemoryStream(bytes)))
            {
                if (zip.Entries.Sum(entry => entry.Length) > MaxUnpacked)
                {
                    return FileContent.Bad(place, FileFindings.NotReadable("工作簿太大。", "The workbook is too large.", "分成几个文件。", "Split it."));
                }
            }

            using var document = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
            return Sheets(document, place, document.PackageProperties.Modified is { } modified ? new DateTimeOffset(modified.ToUniversalTime(), TimeSpan.Zero) : savedAt, catalogue);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or XmlException or OpenXmlPackageException or InvalidOperationException or ArgumentException or OverflowException)
        {
            return FileContent.Bad(place, FileFindings.NotReadable($"不是完好的 Excel 工作簿:{exception.Message}", $"This is no sound Excel workbook: {exception.Message}", "在 Excel 或 WPS 中打开,另存为 .xlsx。", "Open it in Excel or WPS and save it as .xlsx."));
        }
    }

    private static FileContent Sheets(SpreadsheetDocument document, Place place, DateTimeOffset savedAt, KnownCatalogue? catalogue)
    {
        var book = document.WorkbookPart ?? throw new InvalidDataException("There is no workbook in it.");
        var cells = new CellReader(book);
        var (drafts, findings, notices, forms) = (new List<Draft>(), new List<Located>(), new List<Located>(), 0);
        foreach (var sheet in (book.Workbook?.Sheets?.Elements<Sheet>() ?? []).Where(sheet => sheet.State is null || sheet.State.Value == SheetStateValues.Visible))
        {
            // A chart has a sheet of its own kind.
            if (sheet.Id?.Value is not { } id || book.GetPartById(id) is not WorksheetPart part)
            {
                continue;
            }

            var at = place with { Sheet = sheet.Name?.Value ?? "" };
            if (Grid.Of(part, cells, at) is { } grid)
            {
                forms++;
                var rows = new RowReader(savedAt, catalogue, blankIsAbsent: grid.IsForm);
                grid.AddTo(rows, findings, notices);
                drafts.AddRange(rows.Drafts);
                findings.AddRange(rows.Findings);
            }
        }

        return forms == 0 ? FileContent.Bad(place, FileFindings.NotReadable("没有一张工作表是报表。", "None of its sheets is a form.", "用 xilin template 生成报表,或首行写列名。", "Make the form with xilin template, or put the columns' names into the first row."))
            : drafts.Count == 0 && findings.Count == 0 ? FileContent.Bad(place, FileFindings.NoRows())
            : new(drafts, findings) { Notices = notices };
    }

    /// <summary>A sheet with headings in one of its first rows, and perhaps the unit and the month above them.</summary>
    private sealed class Grid(Dictionary<FileColumn, FileCell> head, Dictionary<int, (FileColumn Column, string Heading)> columns, List<Row> rows, List<(uint From, uint To)> hidden, CellReader cells, Place place)
    {
        public bool IsForm => head.ContainsKey(FileColumn.Unit);

        public static Grid? Of(WorksheetPart part, CellReader cells, Place place)
        {
            var head = new Dictionary<FileColumn, FileCell>();
            var rows = (part.Worksheet?.GetFirstChild<SheetData>()?.Elements<Row>() ?? []).ToList();
            for (var i = 0; i < Math.Min(rows.Count, HeadRows); i++)
            {
                var row = Filled(rows[i], cells, place);
                if (row.Values.Select(cell => Find(cell.Text)).ToList() is var found && found.Contains(FileColumn.Indicator) && found.Contains(FileColumn.UnitOfMeasure))
                {
                    var columns = row.Where(cell => Find(cell.Value.Text) is not null).ToDictionary(cell => cell.Key, cell => (Find(cell.Value.Text)!.Value, cell.Value.Text.Trim()));
                    var hidden = (part.Worksheet?.Elements<DocumentFormat.OpenXml.Spreadsheet.Columns>() ?? []).SelectMany(all => all.Elements<DocumentFormat.OpenXml.Spreadsheet.Column>())
                        .Where(column => column.Hidden?.Value == true).Select(column => (column.Min?.Value ?? 0, column.Max?.Value ?? 0)).ToList();
                    return new Grid(head, columns, rows[(i + 1)..], hidden, cells, place);
                }

                // A label, and what it labels right of it.
                foreach (var (column, cell) in row)
                {
                    if (Find(cell.Text) is { } label and not FileColumn.Ignored && row.TryGetValue(column + 1, out var value))
                    {
                        head.TryAdd(label, value with { Place = value.Place with { Column = cell.Text.Trim() } });
                    }
                }
            }

            return null;
        }

        public void AddTo(RowReader reader, List<Located> findings, List<Located> notices)
        {
            foreach (var column in columns.Values.GroupBy(column => column.Column).Where(same => same.Key is not FileColumn.Ignored && same.Count() > 1))
            {
                findings.Add(new(place, FileFindings.ColumnTwice(column.First().Heading)));
                return;
            }

            foreach (var row in rows)
            {
                var filled = Filled(row, cells, place);
                var named = filled.Where(cell => columns.TryGetValue(cell.Key, out var column) && column.Column is not FileColumn.Ignored)
                    .ToDictionary(cell => columns[cell.Key].Column, cell => cell.Value with { Place = cell.Value.Place with { Column = columns[cell.Key].Heading } });
                if (named.Values.All(cell => cell.IsEmpty))
                {
                    continue;
                }

                // Left in a copied form, or filtered away: the clerk does not see what is sent.
                foreach (var cell in filled.Where(cell => !cell.Value.IsEmpty && columns.TryGetValue(cell.Key, out var column) && RowReader.IsFigure(column.Column) && (row.Hidden?.Value == true || IsHidden(cell.Key))))
                {
                    notices.Add(new(cell.Value.Place with { Column = columns[cell.Key].Heading }, FileFindings.Hidden()));
                }

                foreach (var (column, cell) in head)
                {
                    named.TryAdd(column, cell);
                }

                reader.Add(named, place with { Row = (int)(row.RowIndex?.Value ?? 0) });
            }
        }

        private bool IsHidden(int column) => hidden.Exists(some => some.From <= column && column <= some.To);

        private static FileColumn? Find(string text) => FileColumns.TryFind(text, out var column) ? column : null;

        // By column, from 1.
        private static Dictionary<int, FileCell> Filled(Row row, CellReader cells, Place place)
        {
            var filled = new Dictionary<int, FileCell>();
            var (column, at) = (0, place with { Row = (int)(row.RowIndex?.Value ?? 0) });
            foreach (var cell in row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>())
            {
                // Some programs leave the references out: the next one then.
                column = cell.CellReference?.Value is { } reference ? ColumnOf(reference) : column + 1;
                var (text, finding) = cells.Read(cell);
                if (finding is not null || text.Length > 0)
                {
                    filled[column] = new FileCell(text, at, finding);
                }
            }

            return filled;
        }

        private static int ColumnOf(string reference) => reference.TakeWhile(char.IsAsciiLetter).Aggregate(0, (number, letter) => number * 26 + char.ToUpperInvariant(letter) - 'A' + 1);
    }
}
