using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>
/// The queries about one indicator. Of all pages, only these query the raw figures of an enterprise: for its page, for its village's
/// list and for the exports of both.
/// </summary>
internal static class IndicatorQueries
{
    // More lines in a chart than that cannot be told apart.
    private const int MaxYears = 5;

    /// <summary>The twelve months of a year. For a unit that reports itself, last year's figures come from last year's series.</summary>
    public static async Task<ServiceResponse<List<SeriesPoint>>> MonthsAsync(
        ServiceClient client, CatalogueUnit unit, string indicator, string year)
    {
        var now = await client.GetAsync<List<SeriesPoint>>(Series(unit, indicator, year));
        if (!IsRaw(unit) || now.Value is null)
        {
            return now;
        }

        var before = await client.GetAsync<List<SeriesPoint>>(Series(unit, indicator, MonthKeys.AddMonths(year + "-01", -12)[..4]));
        return before.Value is null
            ? before : new([.. now.Value.Zip(before.Value, (month, last) => month with { LastYearMonth = last.Month })], null);
    }

    /// <summary>The year and the four before it, those that have a figure, the newest first.</summary>
    public static async Task<ServiceResponse<List<IndicatorYear>>> YearsAsync(
        ServiceClient client, CatalogueUnit unit, string indicator, string year, string? first)
    {
        var asked = new List<(string Year, Task<ServiceResponse<List<SeriesPoint>>> Months)>();
        var newest = int.Parse(year, CultureInfo.InvariantCulture);
        var oldest = first is null ? newest : int.Parse(first[..4], CultureInfo.InvariantCulture);
        for (var each = newest; each >= oldest && each > newest - MaxYears; each--)
        {
            var text = each.ToString(CultureInfo.InvariantCulture);
            asked.Add((text, MonthsAsync(client, unit, indicator, text)));
        }

        var years = new List<IndicatorYear>();
        foreach (var (of, months) in asked)
        {
            var answer = await months;
            if (answer.Value is not { } found)
            {
                return new(null, answer.Problem);
            }

            if (found.Any(month => month.Month is not null || month.YearToDate is not null))
            {
                years.Add(new(of, found));
            }
        }

        return new(years, null);
    }

    /// <summary>The child units that the indicator concerns, and their ranking.</summary>
    public static async Task<ServiceResponse<ChildUnits>> ChildUnitsAsync(
        ServiceClient client, CatalogueView catalogue, CatalogueUnit unit, CatalogueIndicator indicator, string period, Lang lang)
    {
        var of = $"indicator={indicator.Code}&period={period}";
        var asked = client.GetAsync<RankingPublished>($"/api/rankings?parent={unit.Code}&{of}");
        var (children, ranking) = (await client.GetAsync<List<ChildFigure>>($"/api/children?unit={unit.Code}&{of}"), await asked);
        if (children.Value is null || ranking.Problem is { Status: not 404 })
        {
            return new(null, children.Problem ?? ranking.Problem);
        }

        var places = (ranking.Value?.Units ?? []).ToDictionary(place => place.Unit, StringComparer.Ordinal);
        var rows = children.Value
            .Where(child => catalogue.Unit(child.Unit) is { } known && IndicatorSelection.IsRelevant(indicator, known, period)
                && IsRelevantRow(child.Figure, places.GetValueOrDefault(child.Unit)))
            .Select(child =>
                new ChildUnitRow(child.Unit, catalogue.UnitName(child.Unit, lang), places.GetValueOrDefault(child.Unit), child.Figure)
                {
                    GrowthPoints = child.GrowthPoints,
                })
            .OrderBy(row => row.RankedUnit?.Rank ?? int.MaxValue);
        return new(new ChildUnits(indicator, catalogue.ChildrenOf(unit, period).Any(IsRaw),
            ranking.Value is { Ended: null } ? ranking.Value : null, [.. rows])
        {
            AreBelowStreet = catalogue.ChildrenOf(unit, period).Any(IsBelowStreet),
        }, null);
    }

    /// <summary>Whether the unit's figures are its raw ones, not published ones.</summary>
    public static bool IsRaw(CatalogueUnit unit) => unit.Kind == CatalogueView.Enterprise;

    /// <summary>Whether a printed unit that is made for streets is too coarse for the unit.</summary>
    public static bool IsBelowStreet(CatalogueUnit unit) => unit.Kind is "Village" or "Community";

    /// <summary>The name of a month in a table or below a chart.</summary>
    public static string MonthName(string period, Lang lang)
    {
        var month = int.Parse(period[5..], CultureInfo.InvariantCulture);
        return lang.T($"{month}月", CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedMonthName(month));
    }

    // In a month without due figures, such as January, the list has every unit with a figure or a place.
    private static bool IsRelevantRow(SeriesPoint figure, RankedUnit? place) =>
        place is not null || figure.Expected > 0 || figure.Month is not null || figure.YearToDate is not null;

    private static string Series(CatalogueUnit unit, string indicator, string year) =>
        $"/api/series?unit={unit.Code}&indicator={indicator}&year={year}";
}
