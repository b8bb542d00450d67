using CsvHelper;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>The columns a file must have, in any order, and no others but the optional ones.</summary>
internal sealed record CsvSchema(string File, params string[] Columns)
{
    /// <summary>Columns that may be left out where no row needs them.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    public IEnumerable<string> All => Columns.Concat(Optional);
}

/// <summary>The rows of one file, each with its line.</summary>
internal sealed class CsvTable
{
    private CsvTable(IReadOnlyList<CsvRow> rows) => Rows = rows;

    internal IReadOnlyList<CsvRow> Rows { get; }

    /// <returns>The table, or null after adding the faults for which its rows cannot be understood at all.</returns>
    internal static CsvTable? Read(FileBytes file, CsvSchema shape, List<CatalogueFault> faults)
    {
        if (file.Content is null)
        {
            faults.Add(file.Fault!);
            return null;
        }

        return CsvTextDecoder.Decode(file.Name, file.Content, faults) is { } text ? Parse(text, shape, faults) : null;
    }

    private static CsvTable? Parse(string text, CsvSchema shape, List<CatalogueFault> faults)
    {
        var malformed = new HashSet<int>();
        using var reader = OpenReader(text, line =>
        {
            if (malformed.Add(line))
            {
                faults.Add(MalformedRowFault(shape, line));
            }
        });
        var rows = new List<CsvRow>();
        Dictionary<string, int>? columns = null;
        while (reader.Read())
        {
            var fields = Array.ConvertAll(reader.Current.ToArray(), InputText.Trim);
            var line = (int)reader.LineNumber;

            // Excel leaves lines of commas where rows were deleted.
            if (fields.All(field => field.Length == 0))
            {
                continue;
            }

            if (columns is not null)
            {
                rows.Add(ToRow(fields, line, columns, shape, malformed.Contains(line), faults));
            }
            else if ((columns = Header(fields, line, shape, faults)) is null)
            {
                return null;
            }
        }

        if (columns is not null)
        {
            return new CsvTable(rows);
        }

        faults.Add(EmptyFileFault(shape));
        return null;
    }

    // One line is one row: otherwise an unclosed quote would swallow the rest of the file.
    private static CsvReader OpenReader(string text, Action<int> onMalformedLine) => CsvReader.FromText(text, new CsvReaderOptions
    {
        Separator = ',',
        HasHeader = false,
        TrackLineNumbers = true,
        AllowLineBreaksInQuotes = false,
        OnMalformedRecord = record => onMalformedLine((int)record.LineNumber),
    });

    private static CatalogueFault MalformedRowFault(CsvSchema shape, int line) => new(
        shape.File, line, null, new("引号不成对，或单元格内有换行", "its quotes do not match, or a cell holds a line break"),
        new("文字中的引号写两遍，每行写在一行内", "write a quote within a text twice, and every row on one line"));

    private static CatalogueFault EmptyFileFault(CsvSchema shape) => new(
        shape.File, null, null, new("文件是空的", "the file is empty"),
        new($"第一行应为表头：{string.Join(',', shape.Columns)}", $"its first line is the header {string.Join(',', shape.Columns)}"));

    private static CsvRow ToRow(
        string[] fields, int line, Dictionary<string, int> columns, CsvSchema shape, bool isTorn, List<CatalogueFault> faults)
    {
        if (isTorn)
        {
            return CsvRow.Malformed(shape.File, line, columns, fields, faults);
        }

        if (fields.Length == columns.Count)
        {
            return new CsvRow(shape.File, line, columns, fields, faults);
        }

        faults.Add(new(
            shape.File, line, null,
            new($"有 {fields.Length} 个字段，表头有 {columns.Count} 个", $"{fields.Length} fields where the header has {columns.Count}"),
            new("请检查逗号和引号；含逗号的文字要用双引号括起", "check its commas and quotes: a text with a comma stands in double quotes")));
        return CsvRow.Malformed(shape.File, line, columns, fields, faults);
    }

    private static Dictionary<string, int>? Header(string[] fields, int line, CsvSchema shape, List<CatalogueFault> faults)
    {
        var columns = new Dictionary<string, int>();
        var before = faults.Count;
        for (var i = 0; i < fields.Length; i++)
        {
            if (!shape.All.Contains(fields[i]))
            {
                faults.Add(new(
                    shape.File, line, fields[i], new("没有这一列", "there is no such column"),
                    new($"列名为 {string.Join('、', shape.All)}", $"the columns are {string.Join(", ", shape.All)}")));
            }
            else if (!columns.TryAdd(fields[i], i))
            {
                faults.Add(new(shape.File, line, fields[i], new("该列重复", "the column is there twice"),
                    new("请删去其中一列", "remove one of the two")));
            }
        }

        foreach (var missing in shape.Columns.Except(fields))
        {
            faults.Add(new(
                shape.File, line, missing, new("缺少这一列", "the column is missing"),
                new("请补上该列，没有内容的单元格留空", "add it; cells with nothing to say stay empty")));
        }

        return faults.Count == before ? columns : null;
    }
}
