using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Fills cells of a workbook that another office made. Its formats, formulas and all other parts stay as they are.</summary>
public static class WorkbookTemplateFiller
{
    /// <param name="template">The workbook.</param>
    /// <param name="cells">The cells by sheet and reference: a decimal is written as a number, a text never as a formula.</param>
    /// <exception cref="InvalidDataException">The workbook is damaged or has no such sheet.</exception>
    public static byte[] Fill(byte[] template, IReadOnlyDictionary<(string Sheet, int Row, int Column), object> cells)
    {
        using var stream = new MemoryStream();
        stream.Write(template);
        try
        {
            using var document = SpreadsheetDocument.Open(stream, isEditable: true);
            var book = document.WorkbookPart ?? throw new InvalidDataException("The file has no workbook.");
            foreach (var sheet in cells.GroupBy(cell => cell.Key.Sheet))
            {
                var data = SheetOf(book, sheet.Key).GetFirstChild<SheetData>()
                    ?? throw new InvalidDataException($"The sheet {sheet.Key} has no rows.");
                foreach (var ((_, row, column), value) in sheet)
                {
                    Set(CellOf(data, row, column), value);
                }
            }

            // The formulas of the template are computed from the new figures when it is opened.
            book.Workbook!.CalculationProperties ??= new CalculationProperties();
            book.Workbook.CalculationProperties.FullCalculationOnLoad = true;
        }
        catch (Exception exception) when (exception is OpenXmlPackageException or FileFormatException or System.Xml.XmlException)
        {
            throw new InvalidDataException(exception.Message, exception);
        }

        return stream.ToArray();
    }

    private static Worksheet SheetOf(WorkbookPart book, string name)
    {
        var id = book.Workbook?.Sheets?.Elements<Sheet>().FirstOrDefault(sheet => sheet.Name == name)?.Id?.Value;
        return id is not null && book.GetPartById(id) is WorksheetPart { Worksheet: { } worksheet }
            ? worksheet : throw new InvalidDataException($"There is no sheet {name}.");
    }

    private static Cell CellOf(SheetData data, int row, int column)
    {
        var line = data.Elements<Row>().FirstOrDefault(each => each.RowIndex?.Value == (uint)row);
        if (line is null)
        {
            line = new Row { RowIndex = (uint)row };
            var after = data.Elements<Row>().FirstOrDefault(each => each.RowIndex?.Value > (uint)row);
            data.InsertBefore(line, after);
        }

        var reference = SheetParts.ColumnLetters(column) + row.ToString(CultureInfo.InvariantCulture);
        var cell = line.Elements<Cell>().FirstOrDefault(each => each.CellReference?.Value == reference);
        if (cell is null)
        {
            cell = new Cell { CellReference = reference };
            line.InsertBefore(cell, line.Elements<Cell>().FirstOrDefault(each => ColumnOf(each) > column));
        }

        return cell;
    }

    private static int ColumnOf(Cell cell) => (cell.CellReference?.Value ?? "").TakeWhile(char.IsAsciiLetter)
        .Aggregate(0, (number, letter) => number * 26 + char.ToUpperInvariant(letter) - 'A' + 1);

    private static void Set(Cell cell, object value)
    {
        var filled = value is decimal number
            ? SheetParts.NumberCell(number, cell.StyleIndex?.Value ?? 0)
            : FormulaProtection.TextCell(value.ToString()!, cell.StyleIndex?.Value ?? 0);
        cell.RemoveAllChildren();
        cell.DataType = filled.DataType;
        foreach (var child in filled.ChildElements.ToList())
        {
            child.Remove();
            cell.Append(child);
        }
    }
}
