using System.Globalization;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Compares the totals that a map names with the sums of the rows, in the units of measure of the table.</summary>
internal sealed class SheetTotals(SheetColumns columns, SheetRowKeys keys, TableNotes notes)
{
    private readonly Dictionary<(int Column, string Indicator, string Month), (decimal Sum, bool IsKnown, bool IsAdditive)> _sums = [];
    private readonly List<TableRow> _totals = [];

    public void AddTotal(TableRow row) => _totals.Add(row);

    public void AddUnknown(TableRow row, int column) => _sums[KeyOf(row, column)] = (0, false, true);

    public void Add(TableRow row, int column, TableFigure figure)
    {
        var key = KeyOf(row, column);
        var (sum, isKnown, isAdditive) = _sums.GetValueOrDefault(key, (0, true, true));
        var number = 0m;
        var isNumber = figure.Cell is null || (figure.Cell.Finding is null && NumberText.TryRead(figure.Cell.Text, out number, out _));
        _sums[key] = (sum + number, isKnown && isNumber, isAdditive && figure.IsAdditive);
    }

    public void Compare()
    {
        foreach (var row in _totals)
        {
            foreach (var (column, _) in columns.Figures)
            {
                if (row.Cells.GetValueOrDefault(column) is { } cell)
                {
                    Compare(cell, _sums.GetValueOrDefault(KeyOf(row, column), (0, true, true)));
                }
            }
        }
    }

    private void Compare(FileCell cell, (decimal Sum, bool IsKnown, bool IsAdditive) rows)
    {
        if (!rows.IsKnown || !rows.IsAdditive)
        {
            var (zh, en) = rows.IsAdditive ? ("有的行看不懂，没有比较", "not compared: a row cannot be read")
                : ("这项指标不能相加，没有比较", "not compared: the figures cannot be added");
            notes.Set(cell, CellUse.Ignored, zh, en);
        }
        else if (cell.Finding is not null || !NumberText.TryRead(cell.Text, out var total, out var finding))
        {
            NumberText.TryRead(cell.Text, out _, out var fault);
            notes.AddFinding(cell, cell.Finding ?? fault!);
        }
        else if (total != rows.Sum)
        {
            notes.AddFinding(cell, MapFindings.TotalDiffers(Text(total), Text(rows.Sum)));
        }
        else
        {
            notes.Set(cell, CellUse.Compared, "合计，与各行之和相符", "a total that equals the sum of the rows");
        }
    }

    private (int Column, string Indicator, string Month) KeyOf(TableRow row, int column) =>
        (column, NameKey.Of(keys.CellOf(row, MapMeaning.IndicatorColumn)?.Text ?? ""),
            NameKey.Of(keys.CellOf(row, MapMeaning.PeriodColumn)?.Text ?? ""));

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
