using XilinIngest.SubmissionFiles.Maps;
using XilinIngest.SubmissionFiles.Rows;

namespace XilinIngest.Admin.NewCatalogue;

/// <summary>A row of an office's table of units or indicators, by the columns that are known.</summary>
/// <param name="Row">Its row in the table.</param>
/// <param name="Cells">The texts by column.</param>
internal sealed record NewCatalogueRow(int Row, IReadOnlyDictionary<string, string> Cells)
{
    /// <summary>The text of a column; empty: there is none.</summary>
    public string this[string column] => Cells.GetValueOrDefault(column) ?? "";
}

/// <summary>Reads an office's table of units or indicators: headings in its first filled row, a row for each.</summary>
internal static class NewCatalogueTable
{
    /// <param name="path">The file, .xlsx or CSV.</param>
    /// <param name="columns">The columns with the headings that they may have; the first is the name.</param>
    /// <param name="required">The columns that must be there.</param>
    /// <exception cref="AdminCommandException">The file cannot be read, or lacks a column.</exception>
    public static IReadOnlyList<NewCatalogueRow> Read(string path, string[][] columns, string[] required)
    {
        var file = TableFile.Read(File.ReadAllBytes(path), new SourceLocation(path), DateTimeOffset.UnixEpoch);
        if (file.Findings.Count > 0)
        {
            var finding = file.Findings[0].Finding;
            throw new AdminCommandException(
                $"{path}：{finding.MessageZh}{finding.RemedyZh}", $"{path}: {finding.MessageEn} {finding.RemedyEn}");
        }

        var rows = file.Sheets.FirstOrDefault(sheet => sheet is { IsVisible: true, Rows.Count: > 0 })?.Rows
            ?? throw new AdminCommandException($"{path} 是空的。", $"{path} is empty.");
        var headings = rows[0].Cells.ToDictionary(cell => cell.Key, cell => NameKey.Of(cell.Value.Text));
        var known = headings.Select(heading => (heading.Key, Column: Array.Find(columns, names => names.Any(
            name => NameKey.Of(name) == heading.Value))?[0])).Where(heading => heading.Column is not null)
            .ToDictionary(heading => heading.Key, heading => heading.Column!);
        if (known.Values.GroupBy(column => column).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new AdminCommandException(
                $"{path} 第 {rows[0].Number} 行有两列都是“{twice.Key}”。请留一列，另一列改名或删去。",
                $"{path} has two columns for '{twice.Key}' in row {rows[0].Number}. Keep one; rename or delete the other.");
        }

        if (rows.SelectMany(row => row.Cells).FirstOrDefault(cell => known.ContainsKey(cell.Key) && cell.Value.Finding is not null)
            .Value is { Finding: { } fault } faulty)
        {
            throw new AdminCommandException(
                $"{path} {faulty.Location.Cell}：{fault.MessageZh}{fault.RemedyZh}",
                $"{path} {faulty.Location.Cell}: {fault.MessageEn} {fault.RemedyEn}");
        }

        return Array.Find(required, column => !known.ContainsValue(column)) is { } missing
            ? throw new AdminCommandException(
                $"{path} 第 {rows[0].Number} 行没有列名“{missing}”。列名是：{string.Join('、', columns.Select(names => names[0]))}。",
                $"{path} has no column '{missing}' in row {rows[0].Number}. "
                + $"The columns are {string.Join(", ", columns.Select(names => names[^1]))}.")
            : [.. rows.Skip(1).Select(row => new NewCatalogueRow(row.Number, row.Cells.Where(cell => known.ContainsKey(cell.Key))
                .ToDictionary(cell => known[cell.Key], cell => cell.Value.Text.Trim())))];
    }
}
