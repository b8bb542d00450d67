using XilinIngest.SubmissionFiles.Forms;
using XilinIngest.SubmissionFiles.Rows;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.SubmissionFiles.Maps;

/// <summary>A row of a table with its filled cells by column, from 1.</summary>
internal sealed record TableRow(int Number, bool IsHidden, IReadOnlyDictionary<int, FileCell> Cells);

/// <summary>A sheet of a workbook, or a CSV file, as a grid.</summary>
internal sealed class TableSheet(SourceLocation place, bool isVisible, IReadOnlyList<TableRow> rows, SheetLayout layout)
{
    private readonly Dictionary<int, TableRow> _rows = rows.ToDictionary(row => row.Number);

    private readonly ILookup<int, MergedCells> _merged = layout.Merged
        .SelectMany(cells => Enumerable.Range(cells.FirstRow, Math.Max(0, Math.Min(cells.LastRow, layout.LastFilled) - cells.FirstRow + 1))
            .Select(row => (row, cells)))
        .ToLookup(pair => pair.row, pair => pair.cells);

    /// <summary>The file, and the sheet if it has sheets.</summary>
    public SourceLocation Location { get; } = place;

    public string Name => Location.Sheet ?? "";

    public bool IsVisible { get; } = isVisible;

    public IReadOnlyList<TableRow> Rows { get; } = rows;

    public bool HidesZeros => layout.HidesZeros;

    public int LastColumn { get; } = Math.Max(rows.SelectMany(row => row.Cells.Keys).DefaultIfEmpty(0).Max(),
        layout.Merged.Select(cells => cells.LastColumn).DefaultIfEmpty(0).Max());

    /// <summary>The cell itself; null: it is empty.</summary>
    public FileCell? At(int row, int column) => _rows.GetValueOrDefault(row)?.Cells.GetValueOrDefault(column);

    /// <summary>The merged cells that a cell belongs to; null: it is on its own.</summary>
    public MergedCells? MergedAt(int row, int column) => _merged[row].FirstOrDefault(cells => cells.Covers(column));

    /// <summary>The cell, or the first of the merged ones that it belongs to.</summary>
    public FileCell? WithMerged(int row, int column) =>
        At(row, column) ?? (MergedAt(row, column) is { } cells ? At(cells.FirstRow, cells.FirstColumn) : null);

    public bool IsHidden(TableRow row, int column) =>
        row.IsHidden || layout.HiddenColumns.Any(hidden => hidden.From <= column && column <= hidden.To);

    public SourceLocation CellLocation(int row, int column)
    {
        var letters = SheetParts.ColumnLetters(column);
        return Location with { Row = row, Column = $"{letters}{row}", Cell = $"{letters}{row}" };
    }
}
