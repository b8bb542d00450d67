using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>The columns of a file, in any order. No other columns are allowed.</summary>
internal sealed record CsvSchema(string File, params string[] Columns)
{
    /// <summary>The columns that may be missing.</summary>
    public IReadOnlyList<string> Optional { get; init; } = [];

    /// <summary>Whether its cells are personal data, which no fault may quote: not even a first line that is no header.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>Whether the file may be missing, which is the same as one without rows.</summary>
    public bool MayBeMissing { get; init; }

    public IEnumerable<string> All => Columns.Concat(Optional);
}

/// <summary>The rows of one file with their lines.</summary>
internal sealed class CsvTable
{
    private CsvTable(IReadOnlyList<CsvRow> rows) => Rows = rows;

    internal IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file that may be missing.</summary>
    /// <returns>The table; null if there is no file, or faults were added for which no row can be read.</returns>
    internal static CsvTable? Open(string folder, CsvSchema shape, List<CatalogueFault> faults) =>
        File.Exists(Path.Combine(folder, shape.File))
            ? Read(FolderSnapshot.Take(folder, [shape.File])[shape.File], shape, faults) : null;

    /// <returns>The table; null if faults were added for which no row can be read.</returns>
    internal static CsvTable? Read(FileBytes file, CsvSchema shape, List<CatalogueFault> faults)
    {
        if (file.Content is null)
        {
            faults.Add(file.Fault!);
            return null;
        }

        var decoded = TextDecoder.DecodeUtf8(file.Content);
        if (decoded.Text is { } text)
        {
            return Parse(text, shape, faults);
        }

        faults.Add(EncodingFault(shape, decoded));
        return null;
    }

    private static CsvTable? Parse(string text, CsvSchema shape, List<CatalogueFault> faults)
    {
        var rows = new List<CsvRow>();
        Dictionary<string, int>? columns = null;
        foreach (var record in CsvRecordReader.Read(text, ','))
        {
            if (record.IsMalformed)
            {
                faults.Add(MalformedRowFault(shape, record.Line));
            }

            if (record.IsBlank)
            {
                continue;
            }

            if (columns is not null)
            {
                rows.Add(ToRow(record, columns, shape, faults));
            }
            else if ((columns = Header(record, shape, faults)) is null)
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

    private static CatalogueFault EncodingFault(CsvSchema shape, DecodedText decoded)
    {
        Bilingual problem = decoded.Fault switch
        {
            TextFault.Utf16 => new("文件是 UTF-16 编码", "the file is UTF-16"),
            TextFault.NulCharacter => new("含有空字符，不是文本文件", "it holds a NUL character and is no text file"),
            _ => new("字节不是有效的 UTF-8，可能被 Excel 存成了 GBK", "the bytes are not UTF-8; Excel has most likely saved it as GBK"),
        };
        return new(shape.File, decoded.Line, null, problem,
            new("请在 Excel 中另存为“CSV UTF-8（逗号分隔）”", "save it from Excel as 'CSV UTF-8 (comma delimited)'"));
    }

    private static CatalogueFault MalformedRowFault(CsvSchema shape, int line) => new(
        shape.File, line, null, new("引号不成对，或单元格内有换行", "its quotes do not match, or a cell holds a line break"),
        new("文字中的引号写两遍，每行写在一行内", "write a quote within a text twice, and every row on one line"));

    private static CatalogueFault EmptyFileFault(CsvSchema shape) => new(
        shape.File, null, null, new("文件是空的", "the file is empty"),
        new($"第一行应为表头：{string.Join(',', shape.Columns)}", $"its first line is the header {string.Join(',', shape.Columns)}"));

    private static CsvRow ToRow(CsvRecord record, Dictionary<string, int> columns, CsvSchema shape, List<CatalogueFault> faults)
    {
        var (line, fields) = (record.Line, record.Fields);
        if (record.IsMalformed)
        {
            return CsvRow.Malformed(shape.File, line, columns, fields, faults);
        }

        if (fields.Count == columns.Count)
        {
            return new CsvRow(shape.File, line, columns, fields, faults);
        }

        faults.Add(new(
            shape.File, line, null,
            new($"有 {fields.Count} 个字段，表头有 {columns.Count} 个", $"{fields.Count} fields where the header has {columns.Count}"),
            new("请检查逗号和引号；含逗号的文字要用双引号括起", "check its commas and quotes: a text with a comma stands in double quotes")));
        return CsvRow.Malformed(shape.File, line, columns, fields, faults);
    }

    private static Dictionary<string, int>? Header(CsvRecord record, CsvSchema shape, List<CatalogueFault> faults)
    {
        var (line, fields) = (record.Line, record.Fields);
        var columns = new Dictionary<string, int>();
        var before = faults.Count;
        for (var i = 0; i < fields.Count; i++)
        {
            if (!shape.All.Contains(fields[i]))
            {
                faults.Add(new(
                    shape.File, line, shape.IsPersonal ? $"{i + 1}" : fields[i], new("没有这一列", "there is no such column"),
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
