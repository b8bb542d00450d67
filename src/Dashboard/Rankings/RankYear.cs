using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Rankings;

/// <summary>The ranks below a unit in one indicator, by the months of a year.</summary>
/// <param name="Parent">The unit below which they are.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Year">The year.</param>
/// <param name="Months">The rankings, by month; months without one are left out.</param>
/// <param name="Units">The units that have a rank in any month, in catalogue order.</param>
internal sealed record RankYear(
    CatalogueUnit Parent, CatalogueIndicator Indicator, string Year, IReadOnlyList<RankingPublished> Months,
    IReadOnlyList<CatalogueUnit> Units)
{
    public static async Task<ServiceResponse<RankYear>> LoadAsync(
        ServiceClient client, CatalogueView catalogue, CatalogueUnit parent, CatalogueIndicator indicator, string year)
    {
        var answer = await client.GetAsync<List<RankingPublished>>(
            $"/api/rankings/year?parent={parent.Code}&indicator={indicator.Code}&year={year}");
        if (answer.Value is not { } months)
        {
            return new(null, answer.Problem);
        }

        var ranked = months.SelectMany(month => month.Units).Where(place => place.Rank is not null).Select(place => place.Unit)
            .ToHashSet(StringComparer.Ordinal);
        return new(new(parent, indicator, year, months, [.. catalogue.Units.Where(unit => ranked.Contains(unit.Code))]), null);
    }

    /// <summary>The rank of a unit in each month; null: it has none.</summary>
    public IReadOnlyList<int?> RanksOf(CatalogueUnit unit) =>
        [.. Months.Select(month => month.Units.FirstOrDefault(place => place.Unit == unit.Code)?.Rank)];

    public string Title(Lang lang) => lang.T(
        $"{Parent.NameZh}{Indicator.NameZh}{Year}年各月位次", $"{Parent.NameEn}: {Indicator.NameEn}, ranks by month, {Year}");

    /// <summary>The chart: the first rank on top, the reader's unit in front of the others.</summary>
    public object ToChart(string? own, Lang lang) => RankBumpChart.Build(
        [.. Months.Select(month => lang.T($"{int.Parse(month.Period[5..], CultureInfo.InvariantCulture)}月", month.Period))],
        [.. Units.OrderBy(unit => unit.Code == own).Select(unit => new RankLine(
            unit.Code, lang.T(unit.NameZh, unit.NameEn), RanksOf(unit), unit.Code == own))]);

    public ExportTable ToTable(Lang lang) => new(
        Title(lang), [lang.T("单位", "Unit"), .. Months.Select(month => FigureFormat.Month(month.Period, lang))],
        [.. Units.Select(unit => (IReadOnlyList<object?>)[lang.T(unit.NameZh, unit.NameEn), .. RanksOf(unit).Cast<object?>()])]);
}
