using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Tables;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>A column of the table of child units: for the page, for sorting and for the export.</summary>
/// <param name="Key">The name of the column, for sorting.</param>
/// <param name="Heading">The heading, with the unit of the figures.</param>
/// <param name="Value">A number, a text or null.</param>
/// <param name="Text">The text on the page; null: the column is only exported.</param>
internal sealed record ChildUnitColumn(string Key, string Heading, Func<ChildUnitRow, object?> Value, Func<ChildUnitRow, string>? Text)
{
    /// <summary>Whether the column contains numbers.</summary>
    public bool IsNumber { get; init; } = true;
}

/// <summary>Builds the columns of the table.</summary>
internal static class ChildUnitColumns
{
    public const string Name = "name";
    public const string Rank = "rank";

    /// <summary>The units of measure of the amounts.</summary>
    public static IEnumerable<string> Units(ChildUnits below, bool exact, Lang lang) =>
        below.Indicator.Stages.Count > 0 ? [] : [Amounts(below, exact, lang).Unit(lang)];

    public static IReadOnlyList<ChildUnitColumn> Build(ChildUnits below, bool exact, Lang lang)
    {
        var amounts = Amounts(below, exact, lang);
        var columns = new List<ChildUnitColumn>();
        if (below.Ranking is { } ranking)
        {
            columns.Add(new(Rank, lang.T("名次", "Rank"), row => row.RankedUnit?.Rank, row => row.RankedUnit?.Rank is { } rank
                ? FigureFormat.Number(rank) : FigureFormat.NoFigure));
            columns.Add(Named(lang));
            if (ranking.By != RankingMeasure.Value)
            {
                var unit = ranking.By == RankingMeasure.Growth && below.Indicator.GrowthUnit == GrowthUnits.Points
                    ? lang.T("（个百分点）", " (pp)") : lang.T("（%）", " (%)");
                columns.Add(new("value", RankingFormat.By(ranking, below.Indicator, lang) + unit, row => row.RankedUnit?.Value
                    ?? (object?)WordsOf(row, amounts, lang), row => WordsOf(row, amounts, lang)
                    ?? RankingFormat.Value(row.RankedUnit?.Value, ranking.By, amounts, lang)));
            }

            columns.Add(new("previous", lang.T("上月名次", "Rank a month before"), row => row.RankedUnit?.PreviousRank,
                row => Previous(row, lang)));
        }
        else
        {
            columns.Add(Named(lang));
        }

        if (below.Indicator.Stages.Count > 0)
        {
            AddStages(columns, below, lang);
        }
        else
        {
            AddAmounts(columns, below, amounts, lang);
        }

        columns.Add(new("reported", lang.T("已报", "Reported"), row => row.Figure.Reported,
            row => $"{row.Figure.Reported}/{row.Figure.Expected}"));
        columns.Add(new("expected", lang.T("应报", "Due"), row => row.Figure.Expected, null));
        columns.Add(new("state", lang.T("状态", "State"), State, State)
        {
            IsNumber = false,
        });
        columns.Add(new("code", lang.T("单位代码", "Unit code"), row => row.Unit, null) { IsNumber = false });
        return columns;

        string State(ChildUnitRow row) => StateOf(row.Figure, below.Indicator, lang);
    }

    private static AmountFormat Amounts(ChildUnits below, bool exact, Lang lang) =>
        AmountFormat.ForLevel(below.Indicator, below.AreBelowStreet, exact || below.IsRaw)
            .ScaledFor(lang, below.Rows.Select(row => row.Figure.YearToDate ?? row.Figure.Month ?? row.Figure.LastYearToDate));

    private static void AddStages(List<ChildUnitColumn> columns, ChildUnits below, Lang lang)
    {
        string Standing(ChildUnitRow row) => StageFormat.Text(below.Indicator, row.Figure, lang);
        columns.Add(new("stage", StageFormat.Heading(below.Indicator, lang), Standing, Standing) { IsNumber = false });
        if (below.PlannedStage is { } planned)
        {
            string Plan(ChildUnitRow row) => row.Figure.Stages?.Take(planned).Sum() is > 0 and var behind
                ? row.Figure.UnitsWithoutStage is null
                    ? lang.T("滞后计划", "behind the plan") : lang.T($"滞后计划{behind}个", $"{behind} behind the plan")
                : "";
            columns.Add(new("plan", lang.T("与计划比", "Against the plan"), Plan, Plan) { IsNumber = false });
        }
    }

    private static void AddAmounts(List<ChildUnitColumn> columns, ChildUnits below, AmountFormat amounts, Lang lang)
    {
        columns.Add(Amount("month", lang.T("本月", "Month"), row => row.Figure.Month, amounts, lang));
        if (!below.IsRaw || below.Rows.Any(row => row.Figure.YearToDate is not null))
        {
            columns.Add(Amount("ytd", lang.T("本年累计", "Year to date"), row => row.Figure.YearToDate, amounts, lang));
        }

        AddComparison(columns, below, amounts, lang);
    }

    // A growth is shown with the base that it was computed from, because last year's figure may include other units.
    private static void AddComparison(List<ChildUnitColumn> columns, ChildUnits below, AmountFormat amounts, Lang lang)
    {
        if (below.IsRaw || below.Indicator.Basis == "None")
        {
            columns.Add(Amount("last", lang.T("上年同期", "A year before"), row => row.Figure.LastYearToDate, amounts, lang));
            return;
        }

        if (below.Rows.Any(row => row.Figure.Comparison is { } comparison && comparison.Current != row.Figure.YearToDate))
        {
            columns.Add(Amount("compared", lang.T("参与对比", "Compared"), row => row.Figure.Comparison?.Current, amounts, lang));
        }

        columns.Add(Amount("last", lang.T("上年同期基数", "Base of a year before"), row => row.Figure.Comparison?.Base, amounts, lang));
        if (below.Ranking?.By != RankingMeasure.Growth)
        {
            columns.Add(new("growth", lang.T("同比", "Growth"), row => row.Figure.Growth ?? (object?)WordsOf(row, amounts, lang),
                row => WordsOf(row, amounts, lang) ?? amounts.Growth(row.Figure.Growth, lang)));
        }

        if (below.Rows.Any(row => row.GrowthPoints is not null))
        {
            columns.Add(new("points", lang.T("拉动（个百分点）", "Adds to growth (pp)"), row => row.GrowthPoints,
                row => row.GrowthPoints is { } points ? FigureFormat.SignedPoints(points) : FigureFormat.NoFigure));
        }

        columns.Add(new("basis", lang.T("口径", "Basis"), row => BasisOf(row, lang), row => BasisOf(row, lang)
            ?? FigureFormat.NoFigure)
        { IsNumber = false });
        if (below.Rows.Any(row => row.Figure.Comparison?.LeftOut is not null))
        {
            columns.Add(new("left-out", lang.T("未计入单位", "Units left out"),
                row => ComparisonFormat.LeftOut(row.Figure.Comparison?.LeftOut, lang),
                row => ComparisonFormat.LeftOut(row.Figure.Comparison?.LeftOut, lang))
            { IsNumber = false });
        }
    }

    private static string? WordsOf(ChildUnitRow row, AmountFormat amounts, Lang lang) =>
        row.Figure is { Growth: null, Comparison: { Words: not null } comparison }
        ? ComparisonFormat.Growth(null, comparison, amounts, amount => amounts.WithUnit(amount, lang), lang)
        : null;

    private static string? BasisOf(ChildUnitRow row, Lang lang) =>
        row.Figure.Comparison is { } comparison ? ComparisonFormat.Basis(comparison.Basis, lang) : null;

    /// <summary>Provisional, complete or final; or that no figure is due, or that none has arrived.</summary>
    public static string StateOf(SeriesPoint point, CatalogueIndicator of, Lang lang) => point switch
    {
        { Expected: 0, Month: null, YearToDate: null } => DeskAbsence.Word(JanuaryExemptions.AbsenceOf(of, point.Period), lang),
        { Reported: 0, Month: null } => lang.T("未报", "nothing yet"),
        _ => FigureFormat.State(point.State, lang),
    };

    private static ChildUnitColumn Named(Lang lang) =>
        new(Name, lang.T("单位", "Unit"), row => row.Name, row => row.Name) { IsNumber = false };

    private static ChildUnitColumn Amount(
        string key, string heading, Func<ChildUnitRow, decimal?> amount, AmountFormat amounts, Lang lang) =>
        new(key, heading + lang.T($"（{amounts.Unit(lang)}）", $" ({amounts.Unit(lang)})"), row => amounts.Number(amount(row)),
            row => amounts.Cell(amount(row), lang));

    private static string Previous(ChildUnitRow row, Lang lang) => row.RankedUnit switch
    {
        { PreviousRank: { } before, Rank: not null } place => $"{before} {RankingFormat.Movement(before, place.Rank, lang)}",
        { PreviousRank: { } before } => FigureFormat.Number(before),
        _ => FigureFormat.NoFigure,
    };
}
