using XilinIngest.Submissions.Findings;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Client.Files;

/// <summary>
/// Reads submissions from CSV. A row is a value, and the rows of one unit, month and revision are one submission.
/// </summary>
internal static class CsvFile
{
    private static readonly FormColumn[] RequiredColumns =
        [FormColumn.Unit, FormColumn.Period, FormColumn.Indicator, FormColumn.UnitOfMeasure];

    public static FileContent Read(string text, SourceLocation place, DateTimeOffset savedAt, CatalogueNames? catalogue)
    {
        var findings = new List<LocatedFinding>();
        var rows = new RowReader(savedAt, catalogue, skipsBlankRows: false);
        List<(FormColumn Column, string Heading)>? columns = null;
        foreach (var record in CsvRecordReader.Read(text, CsvRecordReader.DetectSeparator(text)))
        {
            var at = place with { Row = record.Line };
            if (record.IsMalformed)
            {
                findings.Add(new(at, FileFindings.BadCell(
                    "引号不成对，或单元格内有换行。", "Its quotes do not match, or a cell holds a line break.", "去掉单元格内的换行；文字中的引号写两遍。",
                    "Take the line break out; write a quote within a text twice.")));
            }

            if (record.IsBlank)
            {
                continue;
            }

            if (columns is null)
            {
                columns = ReadHeadings(record.Fields, at, findings);
                if (findings.Count > 0)
                {
                    return new([], findings);
                }
            }
            else if (record.IsMalformed)
            {
                rows.AddUnreadable(CellsOf(record.Fields, columns, at), at);
            }
            else
            {
                Add(rows, record.Fields, columns, at, findings);
            }
        }

        rows.RejectAmbiguous();
        return rows.Drafts.Count == 0 && findings.Count == 0
            ? FileContent.Invalid(place, FileFindings.NoFigures()) : new(rows.Drafts, findings);
    }

    private static void Add(
        RowReader rows, IReadOnlyList<string> record, List<(FormColumn Column, string Heading)> columns, SourceLocation at,
        List<LocatedFinding> findings)
    {
        if (record.Skip(columns.Count).Any(field => field.Length > 0))
        {
            // It is unknown which cell belongs to which heading.
            findings.Add(new(at, FileFindings.BadCell("这一行比表头多出一列。", "The row has more cells than there are headings.",
                "检查是否有未加引号的逗号（如千分位）。", "Look for a comma without quotes, such as a thousands separator.")));
            rows.AddUnreadable(CellsOf(record, columns, at), at);
            return;
        }

        if (columns.Zip(record)
            .FirstOrDefault(pair => pair.First.Heading.Length == 0 && pair.Second.Length > 0) is { Second: not null } stray)
        {
            findings.Add(
                new(at, FileFindings.BadCell($"“{stray.Second}”所在的列没有列名。", $"'{stray.Second}' stands in a column without a heading.",
                "移到有列名的列，或删去。", "Move it under a heading, or delete it.")));
            rows.AddUnreadable(CellsOf(record, columns, at), at);
            return;
        }

        rows.Add(CellsOf(record, columns, at), at);
    }

    private static Dictionary<FormColumn, FileCell> CellsOf(
        IReadOnlyList<string> record, List<(FormColumn Column, string Heading)> columns, SourceLocation at) =>
        columns.Zip(record).Where(pair => pair.First.Column is not FormColumn.Ignored)
            .ToDictionary(pair => pair.First.Column, pair => new FileCell(pair.Second, at with { Column = pair.First.Heading }));

    private static List<(FormColumn Column, string Heading)> ReadHeadings(
        IReadOnlyList<string> record, SourceLocation place, List<LocatedFinding> findings)
    {
        var columns = new List<(FormColumn Column, string Heading)>();
        foreach (var heading in record)
        {
            if (heading.Length == 0)
            {
                columns.Add((FormColumn.Ignored, ""));
            }
            else if (!FormColumns.TryFind(heading, out var column))
            {
                findings.Add(new(place, FileFindings.UnknownColumn(heading)));
            }
            else if (column is not FormColumn.Ignored && columns.Exists(known => known.Column == column))
            {
                findings.Add(new(place, FileFindings.ColumnTwice(heading)));
            }
            else
            {
                columns.Add((column, heading));
            }
        }

        foreach (var needed in RequiredColumns.Where(needed => findings.Count == 0 && !columns.Exists(known => known.Column == needed)))
        {
            findings.Add(new(place, FileFindings.ColumnMissing($"{FormColumns.EnglishName(needed)} / {FormColumns.ChineseName(needed)}")));
        }

        return columns;
    }
}
