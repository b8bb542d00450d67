using CsvHelper;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles;

/// <summary>
/// Keeps spreadsheet programs from running a text as a formula. The name of a unit or a note may begin with =, +, - or @.
/// </summary>
public static class FormulaProtection
{
    // The characters that OWASP lists, and the line feed.
    private const string FormulaStarts = "=+-@\t\r\n";

    /// <summary>A cell of a workbook that holds a text. It is never a formula, whatever the text begins with.</summary>
    public static Cell TextCell(string text, uint style) =>
        new(new InlineString(new Text(XmlText.RemoveInvalid(text)) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = style,
        };

    /// <summary>Makes a cell format whose texts stay texts after a user has edited the cell.</summary>
    public static CellFormat QuoteTexts(CellFormat format)
    {
        format.QuotePrefix = true;
        return format;
    }

    /// <summary>Makes options that put an apostrophe before a text that begins like a formula. Numbers are written as they are.</summary>
    internal static CsvWriterOptions QuoteFormulas(CsvWriterOptions options) =>
        options with { Injection = CsvInjection.Escape, InjectionCharacters = FormulaStarts };
}
