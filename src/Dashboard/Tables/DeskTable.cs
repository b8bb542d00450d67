using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Tables;

/// <summary>A table of the desk as it is shown and taken along.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Corner">The heading of the first column.</param>
/// <param name="Columns">The other columns.</param>
/// <param name="Rows">The rows.</param>
public sealed record DeskTable(string Title, string Corner, IReadOnlyList<DeskColumn> Columns, IReadOnlyList<DeskRow> Rows)
{
    /// <summary>The units of measure of its amounts.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>The same as a file: the numbers that are shown, and at the end which of them are provisional.</summary>
    public ExportTable ToExport(Lang lang) => new(
        Title,
        [Corner, .. Columns.Select(column => column.Group + lang.T("", " ") + column.Measure), lang.T("快报（未报齐）", "Provisional")],
        [.. Rows.Select(row => (IReadOnlyList<object?>)
        [
            row.Heading, .. row.Cells.Select(cell => cell.Value),
            string.Join(lang.T("、", ", "),
                Columns.Zip(row.Cells).Where(each => each.Second.IsProvisional).Select(each => each.First.Group).Distinct()),
        ])]);
}

/// <summary>A column: the month or indicator, and which of its figures.</summary>
public sealed record DeskColumn(string Group, string Measure);

/// <summary>A row.</summary>
/// <param name="Key">The code of its unit or indicator.</param>
/// <param name="Heading">Its name, of an indicator with the unit of measure.</param>
/// <param name="Cells">A cell for each column.</param>
public sealed record DeskRow(string Key, string Heading, IReadOnlyList<DeskCell> Cells);

/// <summary>A cell.</summary>
/// <param name="Text">As it is shown.</param>
/// <param name="Value">As it is taken along: the same number, or the words in its place; null: there is nothing.</param>
/// <param name="IsProvisional">Whether reports are missing.</param>
public sealed record DeskCell(string Text, object? Value, bool IsProvisional)
{
    /// <summary>Whether a word says why there is no figure.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>A figure that the reader may not see.</summary>
    public static DeskCell Hidden { get; } = new(FigureFormat.NoFigure, null, false) { IsAbsent = true };

    public static DeskCell Without(string why) => new(why, why, false) { IsAbsent = true };
}

/// <summary>Arranges the figures of the services in the chosen rows and columns.</summary>
internal static class DeskTableBuilder
{
    public static DeskTable Build(TableChoice choice, FigureTable figures, CatalogueView catalogue, Lang lang)
    {
        var indicators = figures.Indicators.Select(code => catalogue.Indicator(code)!).ToList();
        var cells = new FigureCells(figures);
        // A column has one unit of measure, in which a village still has a figure; what enterprises reported is exact.
        var units = figures.Units.Select(catalogue.Unit).OfType<CatalogueUnit>().ToList();
        var isBelowStreet = units.Any(IndicatorQueries.IsBelowStreet);
        var areReported = units.Count > 0 && units.All(IndicatorQueries.IsRaw);
        var formats = indicators.Select((indicator, at) => new DeskFormat(
            AmountFormat.ForLevel(indicator, isBelowStreet, areReported)
                .ScaledFor(lang, cells.AmountsOf(at, choice.Measures)), lang)
        {
            AreReported = areReported,
        }).ToList();
        var periods = figures.Periods.Select(period => FigureFormat.Month(period, lang)).ToList();
        var measured = indicators.Select(indicator => (IReadOnlyList<CatalogueIndicator>)[indicator]).ToList();
        var (rows, columns) = choice.View switch
        {
            TableViews.IndicatorsByMonth => (
                indicators.Select((indicator, i) => RowOf(
                    indicator.Code, formats[i].Heading, Enumerable.Range(0, periods.Count).Select(p => (cells.At(0, i, p), formats[i])))),
                periods.Select(period => (Group: period, Of: (IReadOnlyList<CatalogueIndicator>)indicators)).ToList()),
            TableViews.UnitsByIndicator => (
                figures.Units.Select((unit, u) => RowOf(
                    unit, catalogue.UnitName(unit, lang), indicators.Select((_, i) => (cells.At(u, i, 0), formats[i])))),
                formats.Select((format, i) => (Group: format.Heading, Of: measured[i])).ToList()),
            _ => (
                figures.Units.Select((unit, u) => RowOf(
                    unit, catalogue.UnitName(unit, lang), Enumerable.Range(0, periods.Count).Select(p => (cells.At(u, 0, p), formats[0])))),
                periods.Select(period => (Group: period, Of: measured[0])).ToList()),
        };
        return new(
            DeskTitle.Of(choice, formats, lang),
            choice.View == TableViews.IndicatorsByMonth ? lang.T("指标", "Indicator") : lang.T("单位", "Unit"),
            [.. columns.SelectMany(column => choice.Measures.Select(
                measure => new DeskColumn(column.Group, DeskTitle.Measure(measure, column.Of, lang))))],
            [.. rows])
        {
            Units = [.. formats.Select(format => format.Unit).Distinct()],
        };

        DeskRow RowOf(string key, string heading, IEnumerable<(FigureCell? Cell, DeskFormat Format)> of) => new(
            key, heading, [.. of.SelectMany(each => choice.Measures.Select(measure => each.Format.Cell(each.Cell, measure)))]);
    }
}

/// <summary>The cells of a response by unit, indicator and month.</summary>
internal sealed class FigureCells(FigureTable figures)
{
    public FigureCell? At(int unit, int indicator, int period) =>
        figures.Cells[(((unit * figures.Indicators.Count) + indicator) * figures.Periods.Count) + period];

    /// <summary>The amounts of an indicator that are shown, which share one scale.</summary>
    public IEnumerable<decimal?> AmountsOf(int indicator, IReadOnlyList<string> measures) =>
        from unit in Enumerable.Range(0, figures.Units.Count)
        from period in Enumerable.Range(0, figures.Periods.Count)
        from measure in measures
        select At(unit, indicator, period) is { } cell ? DeskFormat.AmountOf(cell, measure) : null;
}
