using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Shortfalls;

/// <summary>What is behind its target in a month, since when, and which units below pull it down, from the published totals.</summary>
internal static class ShortfallQuery
{
    private const int MaxCauses = 3;

    /// <param name="published">The published results.</param>
    /// <param name="unit">A unit with totals.</param>
    /// <param name="period">The month.</param>
    /// <param name="maySee">Which units' figures the caller may see.</param>
    /// <returns>Red before amber, then the largest distance from the target first.</returns>
    public static IReadOnlyList<TargetShortfall> ForMonth(PublishedSnapshot published, Unit unit, Period period, Func<Unit, bool> maySee) =>
        [.. published.Catalogue.Indicators
            .Select(indicator => (Indicator: indicator, Total: published.TotalOf(unit, indicator, period)))
            .Where(each => each.Total?.Colour is TargetColour.Amber or TargetColour.Red)
            .OrderByDescending(each => each.Total!.Colour).ThenBy(each => each.Total!.Gap ?? decimal.MaxValue)
            .Select(each => new TargetShortfall(
                each.Indicator.Code.Value, each.Total!.Colour!.Value, SinceWhen(published, unit, each.Indicator, period).ToString(),
                CausesOf(published, unit, each.Indicator, period, each.Total, maySee)))];

    private static Period SinceWhen(PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        var since = period;
        for (var month = period.Month - 1; month >= 1; month--)
        {
            var before = new Period(period.Year, month);
            switch (published.TotalOf(unit, indicator, before)?.Colour)
            {
                case TargetColour.Green:
                    return since;
                case not null:
                    since = before;
                    break;
            }
        }

        return since;
    }

    private static IReadOnlyList<ShortfallCause> CausesOf(
        PublishedSnapshot published, Unit unit, Indicator indicator, Period period, IndicatorTotal total, Func<Unit, bool> maySee)
    {
        if (total is not { TargetKind: TargetType.Growth })
        {
            return [];
        }

        if (GrowthParts.Of(published, unit, indicator, period) is not { } growth)
        {
            return GrowthParts.OfWords(published, unit, indicator, period) is { } inWords ? LargestFalls(inWords, maySee) : [];
        }

        return [.. growth.Parts
            .Select(part => (Unit: part.Key, Points: growth.PointsOf(part.Key)!.Value))
            .OrderBy(part => part.Points)
            .Take(MaxCauses)
            .Select(part => (part.Unit, Points: Rounding.Rate(part.Points)))
            .Where(part => part.Points < 0 && maySee(part.Unit))
            .Select(part => new ShortfallCause(part.Unit.Code.Value, TotalBuilder.Normalize(part.Points)))];
    }

    private static IReadOnlyList<ShortfallCause> LargestFalls(GrowthParts growth, Func<Unit, bool> maySee) =>
        [.. growth.Parts
            .Select(part => (Unit: part.Key, Amount: part.Value.Current - part.Value.Base))
            .OrderBy(part => part.Amount)
            .Take(MaxCauses)
            .Where(part => part.Amount < 0 && maySee(part.Unit))
            .Select(part => new ShortfallCause(part.Unit.Code.Value, null) { Amount = TotalBuilder.Normalize(part.Amount) })];
}
