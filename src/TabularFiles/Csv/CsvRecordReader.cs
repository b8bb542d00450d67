using CsvHelper;
using XilinIngest.Indicators;

namespace XilinIngest.TabularFiles.Csv;

/// <summary>One line of a CSV file.</summary>
/// <param name="Line">The line in the file, from 1.</param>
/// <param name="Fields">The cells, without spaces and invisible characters at either end.</param>
/// <param name="IsMalformed">Whether its quotes do not match or a cell holds a line break. The fields may then be wrong.</param>
public sealed record CsvRecord(int Line, IReadOnlyList<string> Fields, bool IsMalformed)
{
    /// <summary>Whether all cells are empty. Excel leaves such lines where rows were deleted.</summary>
    public bool IsBlank => Fields.All(cell => cell.Length == 0);
}

/// <summary>
/// Reads the lines of a CSV file with their positions. The caller decides on headings and on the text of a fault, because both differ
/// between the catalogue and the submissions of offices.
/// </summary>
public static class CsvRecordReader
{
    /// <summary>
    /// Reads a line as a row. A quote that is left open makes its own line malformed; otherwise it would swallow the rest of the file.
    /// </summary>
    /// <returns>The lines, without blank lines unless they are malformed.</returns>
    public static IEnumerable<CsvRecord> Read(string text, char separator)
    {
        var malformedLine = 0L;
        using var reader = CsvReader.FromText(text, new CsvReaderOptions
        {
            Separator = separator,
            HasHeader = false,
            TrackLineNumbers = true,
            AllowLineBreaksInQuotes = false,
            OnMalformedRecord = record => malformedLine = record.LineNumber,
        });
        while (reader.Read())
        {
            var fields = Array.ConvertAll(reader.Current.ToArray(), InputText.Trim);
            var record = new CsvRecord((int)reader.LineNumber, fields, reader.LineNumber == malformedLine);
            if (record.IsMalformed || !record.IsBlank)
            {
                yield return record;
            }
        }
    }

    /// <summary>Reads the rows below the headings of a file that is known to be sound.</summary>
    /// <returns>For each row its cells by heading.</returns>
    /// <exception cref="InvalidDataException">The file is not a valid CSV in UTF-8 with headings.</exception>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> ReadSoundFile(string path)
    {
        var decoded = TextDecoder.DecodeUtf8(File.ReadAllBytes(path));
        var records = Read(decoded.Text ?? throw new InvalidDataException($"{path} is not UTF-8."), ',').ToList();
        var headings = records.FirstOrDefault()?.Fields ?? throw new InvalidDataException($"{path} is empty.");
        if (records.Find(record => record.IsMalformed || record.Fields.Count != headings.Count) is { } faulty)
        {
            throw new InvalidDataException($"{path}:{faulty.Line} is malformed or has not as many cells as there are headings.");
        }

        return [.. records.Skip(1).Select(record => headings.Zip(record.Fields).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    /// <summary>The separator that the headings use: a tab, a semicolon or a comma, as Excel saves CSV in different countries.</summary>
    public static char DetectSeparator(string text)
    {
        var headings = text.AsSpan(0, text.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : text.Length);
        return headings.Contains('\t') ? '\t' : headings.Contains(';') && !headings.Contains(',') ? ';' : ',';
    }
}
