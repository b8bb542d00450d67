using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>A form as a clerk's program fills it in: each cell stored the way Excel, WPS or a script may store it.</summary>
internal sealed class FilledForm : IDisposable
{
    private readonly MemoryStream _stream = new();
    private readonly SpreadsheetDocument _document;

    internal FilledForm(byte[] form)
    {
        _stream.Write(form);
        _document = SpreadsheetDocument.Open(_stream, isEditable: true);
    }

    internal WorkbookPart Book => _document.WorkbookPart!;

    internal FilledForm Number(string cell, string raw, uint? style = null) => Set(cell, target =>
    {
        (target.DataType, target.CellValue) = (null, new CellValue(raw));
        if (style is { } number)
        {
            target.StyleIndex = number;
        }
    });

    /// <summary>As text, which Excel keeps in a table of its own.</summary>
    internal FilledForm Text(string cell, string text) => Set(cell, target =>
    {
        var table = (Book.SharedStringTablePart ?? Book.AddNewPart<SharedStringTablePart>()).SharedStringTable ??= new SharedStringTable();
        table.Append(
            new SharedStringItem(new Run(new Text(text[..1])), new Run(new Text(text[1..]) { Space = SpaceProcessingModeValues.Preserve }),
                new PhoneticRun(new Text("pinyin")) { BaseTextStartIndex = 0, EndingBaseIndex = 1 }));
        (target.DataType, target.CellValue) = (CellValues.SharedString, new CellValue($"{table.Elements<SharedStringItem>().Count() - 1}"));
        target.InlineString = null;
    });

    internal FilledForm Formula(string cell, string formula, string? result, CellValues? type = null) => Set(cell, target =>
    {
        (target.DataType, target.CellFormula, target.CellValue) =
            (type is null ? null : new EnumValue<CellValues>(type.Value), new CellFormula(formula),
                result is null ? null : new CellValue(result));
    });

    /// <summary>A cell format with a number format of its own, as typing 95% or a date makes one.</summary>
    internal uint Format(uint numberFormat)
    {
        var formats = Book.WorkbookStylesPart!.Stylesheet!.CellFormats!;
        formats.Append(new CellFormat { NumberFormatId = numberFormat, ApplyNumberFormat = true });
        return (uint)formats.Count() - 1;
    }

    internal string RowOf(string indicator) =>
        Cells().Single(cell => cell.CellReference!.Value!.StartsWith('A') && cell.InnerText == indicator).CellReference!.Value![1..];

    internal IEnumerable<Cell> Cells(int sheet = 0) => Sheet(sheet).Descendants<Cell>();

    internal Worksheet Sheet(int sheet = 0) =>
        ((WorksheetPart)Book.GetPartById(
            Book.Workbook!.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ElementAt(sheet).Id!.Value!)).Worksheet!;

    internal FilledForm SavedAt(DateTime time)
    {
        _document.PackageProperties.Modified = time;
        return this;
    }

    internal byte[] Bytes()
    {
        _document.Save();
        using var copy = new MemoryStream();
        _document.Clone(copy).Dispose();
        return copy.ToArray();
    }

    public void Dispose() => _document.Dispose();

    private FilledForm Set(string reference, Action<Cell> change)
    {
        change(Cells().Single(cell => cell.CellReference == reference));
        return this;
    }
}
