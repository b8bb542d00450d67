using System.Globalization;
using System.Text;

namespace XilinIngest.Dashboard.Export;

/// <summary>
/// CSV as Excel reads it (RFC 4180, UTF-8 with a mark). A text that a spreadsheet would take for a formula is quoted with an apostrophe.
/// </summary>
internal static class CsvExport
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static byte[] Write(ExportTable table) =>
        [.. Encoding.UTF8.Preamble,
            .. Encoding.UTF8.GetBytes(
                string.Concat(table.Rows.Prepend(table.Headings).Select(row => string.Join(',', row.Select(Cell)) + "\r\n")))];

    private static string Cell(object? value) => value switch
    {
        null => "",
        decimal or int or long => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(EscapeFormula(value.ToString()!)),
    };

    private static string EscapeFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text;

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
