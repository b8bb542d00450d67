using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

internal sealed class OracleFlow : OracleKind
{
    public override bool AddsMonths => true;

    public override bool HasGrowth => true;

    public override bool HasBase(bool reported) => true;

    // The last reported year-to-date is valid for all months up to it, and the later months are added. Only months in which the unit was a
    // reporter count.
    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear)
    {
        var months = year.Take(period.Month)
            .Select((month, i) => UnitTree.Reports(unit, indicator, new Period(period.Year, i + 1)) ? month : default)
            .ToList();
        var authority = months.FindLastIndex(month => month.YearToDate is not null);
        var later = months.Skip(authority + 1).ToList();
        var carried = authority < 0 ? null : months[authority].YearToDate;
        var parts = later.Select(month => month.Value).Append(carried).OfType<decimal>().ToList();
        var missing = later.Where((month, i) =>
            month.Value is null && WorksheetLine.IsDue(unit, indicator, new Period(period.Year, authority + 2 + i)));
        var isIn = months[^1].HasValue || !UnitTree.Reports(unit, indicator, period);
        return (parts.Count == 0 ? null : parts.Sum(), parts.Count > 0 && isIn && !missing.Any());
    }

    public override (decimal? Ytd, bool Whole) ClosedYearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year) =>
        YearToDate(unit, indicator, period, year, null);
}
