using CsvHelper;

namespace XilinIngest.TabularFiles.Csv;

/// <summary>Writes CSV as Excel reads it: RFC 4180, UTF-8 with a byte order mark.</summary>
public static class CsvTableWriter
{
    public const string ContentType = "text/csv; charset=utf-8";

    private static readonly CsvWriterOptions Options = FormulaProtection.QuoteFormulas(new() { WriteByteOrderMark = true });

    public static byte[] Write(ExportTable table)
    {
        using var stream = new MemoryStream();
        using (var writer = CsvWriter.Create(stream, Options, leaveOpen: true))
        {
            foreach (var row in table.Rows.Prepend(table.Headings))
            {
                foreach (var cell in row)
                {
                    writer.WriteField(cell);
                }

                writer.EndRecord();
            }
        }

        return stream.ToArray();
    }
}
