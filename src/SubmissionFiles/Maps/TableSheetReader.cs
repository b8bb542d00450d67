using XilinIngest.Indicators;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>Reads the figures of one sheet by the lines of a map. Every filled cell is used, left out by the map, or a finding.</summary>
internal sealed class TableSheetReader
{
    private readonly TableSheet _sheet;
    private readonly SheetLines _lines;
    private readonly TableNotes _notes;
    private readonly SheetColumns _columns;
    private readonly SheetRowKeys _keys;
    private readonly SheetTotals _totals;
    private readonly (int First, int Last) _headingRows;
    private readonly SheetCells _cells;
    private readonly bool _withEmpty;
    private readonly Dictionary<int, HeadingPath> _headings;

    private TableSheetReader(
        TableSheet sheet, SheetLines lines, (int First, int Last) headingRows, CatalogueIndex catalogue, GivenMonth? given,
        bool withEmpty, TableNotes notes)
    {
        (_sheet, _lines, _notes, _headingRows, _withEmpty) = (sheet, lines, notes, headingRows, withEmpty);
        var headings = HeadingPaths.Read(sheet, headingRows);
        _headings = headings.ToDictionary(heading => heading.Column);
        _columns = SheetColumns.Read(sheet, lines, headings, notes);
        SheetMeasures.Compare(sheet, headingRows.First, _columns, headings, notes);
        _cells = new(sheet, _columns, headings, headingRows.First, notes);
        _keys = new(sheet, lines, _columns, new(sheet, lines, catalogue, given, notes), notes);
        _totals = new(_columns, _keys, notes);
    }

    /// <param name="sheet">The sheet.</param>
    /// <param name="lines">The lines that apply to it.</param>
    /// <param name="catalogue">The units and indicators.</param>
    /// <param name="given">The month or year from the command line; null: none.</param>
    /// <param name="withEmpty">Whether the empty cells for figures are wanted too.</param>
    /// <param name="notes">Receives what is found.</param>
    public static IReadOnlyList<TableFigure> Read(
        TableSheet sheet, SheetLines lines, CatalogueIndex catalogue, GivenMonth? given, bool withEmpty, TableNotes notes)
    {
        if (lines.Setting(MapMeaning.HeadingRows) is not { } line || TableMapRows.TryRead(line.Text) is not { } headingRows)
        {
            notes.AddFinding(sheet.Location, MapFindings.NoHeadingRows());
            return [];
        }

        if (!lines.Columns.Any(column => column.Meaning == MapMeaning.UnitColumn) && lines.Setting(MapMeaning.Unit) is null)
        {
            notes.AddFinding(sheet.Location, MapFindings.NoUnitColumn());
            return [];
        }

        return new TableSheetReader(sheet, lines, headingRows, catalogue, given, withEmpty, notes).Read();
    }

    private List<TableFigure> Read()
    {
        var figures = new List<TableFigure>();
        foreach (var row in _sheet.Rows)
        {
            if (row.Number <= _headingRows.Last)
            {
                _cells.SetHeadings(row);
            }
            else if (Find(row, MapMeaning.IgnoredRow) is { } ignored)
            {
                _cells.SetAll(row, CellUse.Ignored, $"对照表第 {ignored.Number} 行：忽略行", $"line {ignored.Number} of the map: ignore_row");
            }
            else if (Find(row, MapMeaning.TotalRow) is { } total)
            {
                _cells.SetAll(row, CellUse.Ignored, $"对照表第 {total.Number} 行：合计行", $"line {total.Number} of the map: total_row");
                _totals.AddTotal(row);
            }
            else
            {
                figures.AddRange(ReadRow(row));
            }
        }

        if (!_withEmpty)
        {
            _totals.Compare();
        }

        return figures;
    }

    private IEnumerable<TableFigure> ReadRow(TableRow row)
    {
        foreach (var (column, cell) in row.Cells)
        {
            _cells.SetUse(column, cell);
        }

        var filled = _columns.Figures.Where(column => Figure(row, column.Column) is not null).ToList();
        if (filled.Count == 0 && _keys.CellOf(row, MapMeaning.UnitColumn) is null && _keys.CellOf(row, MapMeaning.IndicatorColumn) is null)
        {
            yield break;
        }

        var unit = _keys.UnitOf(row);
        foreach (var (column, line) in _columns.Figures)
        {
            var cell = Figure(row, column);
            if ((cell is not null || _withEmpty) && ReadFigure(row, column, line, unit, cell) is { } figure)
            {
                yield return figure;
            }
        }
    }

    private TableFigure? ReadFigure(TableRow row, int column, TableMapLine line, Unit? unit, FileCell? cell)
    {
        if (cell is not null)
        {
            _cells.AddVisibilityNotice(row, column, cell);
        }

        // Each key is asked for, so that all findings are told at once.
        var (indicator, month) = (_keys.IndicatorOf(row, line), _keys.MonthOf(row, line));
        var measure = indicator is null ? null : _keys.MeasureOf(row, line, indicator);
        if (unit is null || indicator is null || month is not { } period || measure is not var (name, factor))
        {
            _totals.AddUnknown(row, column);
            return null;
        }

        if (_headings.GetValueOrDefault(column) is { } heading && TableMonths.NamesOtherThan(heading.Text, period.Month))
        {
            _notes.AddFinding(heading.Location, MapFindings.HeadingOfOtherMonth(heading.Text, period.ToString()));
            _totals.AddUnknown(row, column);
            return null;
        }

        var at = _sheet.CellLocation(row.Number, column);
        if (cell is null && _sheet.MergedAt(row.Number, column) is { } merged)
        {
            _notes.AddFinding(at, FileFindings.CellsMerged(merged.Range));
            return null;
        }

        var figure = new TableFigure(at, cell, unit, period, indicator, line.Field!.Value, name, factor);
        _totals.Add(row, column, figure);
        return figure;
    }

    // The figure of a cell; null: it is empty, or the map says that its text means so.
    private FileCell? Figure(TableRow row, int column)
    {
        if (row.Cells.GetValueOrDefault(column) is not { } cell)
        {
            return null;
        }

        if (_lines.Of(MapMeaning.Blank).FirstOrDefault(line => NameKey.Of(line.Text) == NameKey.Of(cell.Text)) is { } blank)
        {
            _notes.Set(cell, CellUse.Ignored, $"对照表第 {blank.Number} 行：空白", $"line {blank.Number} of the map: blank");
            return null;
        }

        return cell;
    }

    // A label is the first text of a row, or its unit or indicator.
    private TableMapLine? Find(TableRow row, MapMeaning meaning)
    {
        var labels = new[]
        {
            row.Cells.OrderBy(cell => cell.Key).Select(cell => cell.Value).FirstOrDefault(),
            _keys.CellOf(row, MapMeaning.UnitColumn), _keys.CellOf(row, MapMeaning.IndicatorColumn),
        }.OfType<FileCell>().Select(cell => cell.Text).Distinct().ToList();
        return _lines.Of(meaning).FirstOrDefault(line => labels.Exists(label => NameKey.Matches(line.Text, label)));
    }
}
