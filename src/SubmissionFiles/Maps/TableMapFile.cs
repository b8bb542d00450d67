using System.Globalization;
using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Reads a map: a CSV with a line for each thing that a clerk says of a table.</summary>
internal static class TableMapFile
{
    /// <returns>The map; null if it has findings.</returns>
    public static (TableMap? Map, IReadOnlyList<LocatedFinding> Findings) Read(byte[] bytes, SourceLocation place)
    {
        if (UnsupportedFiles.IsZip(bytes) || TextDecoder.DecodeOfficeText(bytes).Text is not { } text)
        {
            return (null, [new(place, MapFindings.BadMap(
                "对照表不是 CSV 文件。", "The map is no CSV file.", "在 Excel 中另存为“CSV UTF-8（逗号分隔）”。",
                "Save it from Excel as 'CSV UTF-8 (comma delimited)'."))]);
        }

        var (lines, findings) = (new List<TableMapLine>(), new List<LocatedFinding>());
        List<TableMapColumn>? columns = null;
        foreach (var record in CsvRecordReader.Read(text, CsvRecordReader.DetectSeparator(text)))
        {
            var at = place with { Row = record.Line };
            if (record.IsMalformed)
            {
                findings.Add(new(at, MapFindings.BadMap("引号不成对，或单元格内有换行。", "Its quotes do not match, or a cell holds a line break.",
                    "改正这一行。", "Correct the line.")));
            }
            else if (columns is null)
            {
                columns = Columns(record.Fields, at, findings);
            }
            else if (Line(Cells(columns, record.Fields), at, findings) is { } line)
            {
                lines.Add(line);
            }
        }

        findings.AddRange(Twice(lines));
        if (findings.Count == 0 && lines.Count == 0)
        {
            findings.Add(new(place, MapFindings.BadMap("对照表是空的。", "The map is empty.",
                "用 xilin import 文件 --suggest 生成初稿。", "Let xilin import FILE --suggest write a first one.")));
        }

        return (findings.Count == 0 ? new TableMap(place, lines) : null, findings);
    }

    private static List<TableMapColumn> Columns(IReadOnlyList<string> headings, SourceLocation at, List<LocatedFinding> findings)
    {
        var columns = new List<TableMapColumn>();
        foreach (var heading in headings)
        {
            if (TableMapWords.TryFindColumn(heading, out var column) && !columns.Contains(column))
            {
                columns.Add(column);
                continue;
            }

            columns.Add(TableMapColumn.Note);
            if (heading.Length > 0 && column != TableMapColumn.Note)
            {
                findings.Add(new(at, MapFindings.BadMap($"对照表的列名“{heading}”不认识，或出现两次。",
                    $"The column '{heading}' of the map is unknown, or there twice.",
                    $"列名是：{string.Join('、', TableMapWords.HeadingsZh)}。",
                    $"The columns are {string.Join(", ", TableMapWords.HeadingsEn)}.")));
            }
        }

        if (findings.Count == 0 && !(columns.Contains(TableMapColumn.Meaning) && columns.Contains(TableMapColumn.Text)))
        {
            findings.Add(new(at, MapFindings.BadMap("对照表缺少“含义”或“表中文字”一列。", "The map lacks the column 'meaning' or 'text'.",
                "补上。", "Add it.")));
        }

        return columns;
    }

    // A spreadsheet program shows the apostrophe that keeps a text from being a formula as part of a CSV.
    private static Dictionary<TableMapColumn, string> Cells(List<TableMapColumn> columns, IReadOnlyList<string> fields) =>
        columns.Zip(fields, (column, field) => (column, field)).Where(cell => cell.column != TableMapColumn.Note)
            .ToDictionary(cell => cell.column, cell => cell.field is ['\'', '=' or '+' or '-' or '@', ..] ? cell.field[1..] : cell.field);

    private static TableMapLine? Line(Dictionary<TableMapColumn, string> cells, SourceLocation at, List<LocatedFinding> findings)
    {
        var (word, field, factor) = (Of(TableMapColumn.Meaning), Of(TableMapColumn.Field), Of(TableMapColumn.Factor));
        if (cells.Values.All(cell => cell.Length == 0))
        {
            return null;
        }

        if (word.Length == 0)
        {
            findings.Add(new(at, MapFindings.NotFilledIn("“含义”是空的", "its 'meaning' is empty")));
            return null;
        }

        if (!TableMapWords.TryFindMeaning(word, out var meaning))
        {
            findings.Add(new(at, MapFindings.BadMap($"含义“{word}”不认识。", $"The meaning '{word}' is unknown.",
                $"含义是：{TableMapWords.AllMeanings.Zh}。", $"The meanings are {TableMapWords.AllMeanings.En}.")));
            return null;
        }

        FormColumn? figure = null;
        if (field.Length > 0)
        {
            figure = FormColumns.TryFind(field, out var found) && RowFigures.IsFigure(found) ? found : null;
            if (figure is null)
            {
                findings.Add(new(at, MapFindings.BadMap($"数据项“{field}”不认识。", $"The field '{field}' is unknown.",
                    "写本月、累计、上年同期、分子、分母或日期。", "Write value, year_to_date, last_year, numerator, denominator or date.")));
            }
        }
        else if (meaning == MapMeaning.Figure)
        {
            findings.Add(new(at, MapFindings.NotFilledIn("没有写“数据项”", "its 'field' is empty")));
        }

        var multiplier = 0m;
        if (factor.Length > 0 && !(NumberText.TryRead(factor, out multiplier, out _) && multiplier > 0))
        {
            findings.Add(new(at, MapFindings.BadMap($"乘以“{factor}”不是大于 0 的数。", $"multiply_by '{factor}' is no number above 0.",
                "写普通小数，如 10000 或 0.0001。", "Write a plain decimal such as 10000 or 0.0001.")));
        }

        var line = new TableMapLine(at, meaning, Of(TableMapColumn.Sheet), Of(TableMapColumn.Text), Of(TableMapColumn.StandsFor), figure,
            Of(TableMapColumn.Period), NumberText.Normalize(Of(TableMapColumn.Measure)), factor.Length > 0 ? multiplier : null);
        findings.AddRange(Missing(line).Select(finding => new LocatedFinding(at, finding)));
        return line;

        string Of(TableMapColumn column) => cells.GetValueOrDefault(column) is { } cell ? InputText.Trim(cell) : "";
    }

    private static IEnumerable<Contracts.Finding> Missing(TableMapLine line)
    {
        if (line.Text.Length == 0 && line.Meaning != MapMeaning.IgnoredSheet)
        {
            yield return MapFindings.NotFilledIn("“表中文字”是空的", "its 'text' is empty");
        }

        if (line.Meaning == MapMeaning.IgnoredSheet && line.Sheet.Length + line.Text.Length == 0)
        {
            yield return MapFindings.NotFilledIn("没有写工作表的名称", "it names no sheet");
        }

        if (line.Meaning == MapMeaning.Name && line.StandsFor.Length == 0)
        {
            yield return MapFindings.NotFilledIn("没有写“对应”哪个单位或指标", "its 'stands_for' is empty");
        }

        if (line.Meaning == MapMeaning.HeadingRows && TableMapRows.TryRead(line.Text) is null)
        {
            yield return MapFindings.BadMap($"表头行“{line.Text}”看不懂。", $"The heading rows '{line.Text}' make no sense.",
                "写成 第3行 或 第3至4行。", "Write 'row 3' or 'rows 3 to 4'.");
        }

        if (line.Meaning == MapMeaning.Conversion)
        {
            if (line.Factor is not { } factor || line.Measure.Length == 0)
            {
                yield return MapFindings.NotFilledIn("换算要写“计量单位”和“乘以”", "a conversion needs 'unit_of_measure' and 'multiply_by'");
            }
            else if (MeasureScale.Ratio(line.Text, line.Measure) is { } ratio && ratio != factor)
            {
                yield return MapFindings.WrongFactor(line.Text, line.Measure, ratio.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    private static IEnumerable<LocatedFinding> Twice(List<TableMapLine> lines) => lines
        .GroupBy(line => (line.Meaning, Sheet: NameKey.Of(line.Sheet), Text: line.IsSetting ? "" : NameKey.Of(line.Text),
            Measure: line.Meaning == MapMeaning.Conversion ? line.Measure : ""))
        .SelectMany(same => same.Skip(1).Select(line => new LocatedFinding(line.Location,
            MapFindings.LineTwice(line.IsSetting ? TableMapWords.Both(line.Meaning) : line.Text, same.First().Number))));
}
