using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Rankings;

/// <summary>The rankings below a unit in a month side by side: a row for each unit, a column for each indicator.</summary>
/// <param name="Parent">The unit below which they are.</param>
/// <param name="Period">The month.</param>
/// <param name="Columns">In catalogue order.</param>
/// <param name="Units">The ranked units, in catalogue order.</param>
internal sealed record RankingMatrix(
    CatalogueUnit Parent, string Period, IReadOnlyList<RankingColumn> Columns, IReadOnlyList<CatalogueUnit> Units)
{
    /// <summary>Asks for the rankings below a unit; where it has none, for those that the unit itself stands in.</summary>
    public static async Task<ServiceResponse<RankingMatrix>> LoadAsync(
        ServiceClient client, CatalogueView catalogue, CatalogueUnit unit, string period)
    {
        var below = await LoadBelowAsync(client, catalogue, unit, period);
        return below.Value is { Columns.Count: 0 } && CatalogueView.ParentOf(unit, period) is { } parent
            ? await LoadBelowAsync(client, catalogue, catalogue.Unit(parent)!, period) : below;
    }

    /// <summary>The table as a file: for each indicator the rank, the figure with its unit, and the rank of the month before.</summary>
    public ExportTable ToTable(CatalogueView catalogue, Lang lang) => new(
        lang.T($"{Parent.NameZh}{Among(catalogue, lang)}排名 {Period}", $"{Parent.NameEn} ranking of {Among(catalogue, lang)} {Period}"),
        [
            lang.T("单位", "Unit"),
            .. Columns.SelectMany(column => new[]
            {
                column.Name(lang) + lang.T("名次", ": rank"), column.Heading(lang),
                column.Name(lang) + lang.T("上月名次", ": rank a month before"),
            }),
        ],
        [
            .. Units.Select(unit => new object?[] { lang.T(unit.NameZh, unit.NameEn) }
                .Concat(Columns.SelectMany(column => column.PlaceOf(unit) is { } place
                    ? new object?[] { place.Rank, column.Figure(place, lang), place.PreviousRank } : [null, null, null])).ToList()),
        ]);

    /// <summary>The kind of the ranked units.</summary>
    public string Among(CatalogueView catalogue, Lang lang) => RankingFormat.Among(catalogue.ChildrenOf(Parent, Period), lang);

    private static async Task<ServiceResponse<RankingMatrix>> LoadBelowAsync(
        ServiceClient client, CatalogueView catalogue, CatalogueUnit unit, string period)
    {
        var answer = await client.GetAsync<List<RankingPublished>>($"/api/rankings/table?parent={unit.Code}&period={period}");
        if (answer.Value is not { } rankings)
        {
            return new(null, answer.Problem);
        }

        var columns = rankings.Where(ranking => catalogue.Indicator(ranking.Indicator) is not null)
            .Select(ranking => new RankingColumn(catalogue.Indicator(ranking.Indicator)!, ranking)).ToList();
        var ranked = columns.SelectMany(column => column.Ranking.Units).Select(place => place.Unit).ToHashSet(StringComparer.Ordinal);
        return new(new(unit, period, columns, [.. catalogue.ChildrenOf(unit, period).Where(child => ranked.Contains(child.Code))]), null);
    }
}

/// <summary>One indicator of the table.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Ranking">Its newest ranking.</param>
public sealed record RankingColumn(CatalogueIndicator Indicator, RankingPublished Ranking)
{
    private readonly AmountFormat _amounts = RankingFormat.AmountsOf(Ranking, Indicator);
    private readonly int _last = Ranking.Units.Max(place => place.Rank ?? 0);

    public string Name(Lang lang) => lang.T(Indicator.NameZh, Indicator.NameEn);

    public RankedUnit? PlaceOf(CatalogueUnit unit) => Ranking.Units.FirstOrDefault(place => place.Unit == unit.Code);

    /// <summary>The figure that ranks a unit, with its unit of measure.</summary>
    public string Text(RankedUnit place, Lang lang) => RankingFormat.Value(place, Ranking.By, _amounts, lang);

    /// <summary>The figure for a file: a number where it is one.</summary>
    public object? Figure(RankedUnit place, Lang lang) => Ranking.By switch
    {
        _ when place.Value is null || Indicator.Stages.Count > 0 => Text(place, lang),
        _ => RankingFormat.Number(place.Value.Value, Ranking.By, _amounts),
    };

    /// <summary>The name of the figure with its unit of measure.</summary>
    public string Heading(Lang lang) => Name(lang)
        + lang.T($"{By(lang)}（{UnitOf(lang)}）", $": {By(lang)} ({UnitOf(lang)})");

    /// <summary>The figure that ranks the units.</summary>
    public string By(Lang lang) => RankingFormat.By(Ranking, Indicator, lang);

    /// <summary>The unit of measure of the figure.</summary>
    public string UnitOf(Lang lang) => Ranking.By switch
    {
        RankingMeasure.Growth when Indicator.GrowthUnit == GrowthUnits.Points => lang.T("个百分点", "pp"),
        RankingMeasure.Growth or RankingMeasure.Completion => "%",
        _ => _amounts.Unit(lang),
    };

    /// <summary>In which quarter of the ranks a unit is, from 1; 0: it has no rank.</summary>
    public int QuarterOf(RankedUnit? place) => place?.Rank is { } rank ? ((rank - 1) * 4 / Math.Max(_last, 1)) + 1 : 0;
}
