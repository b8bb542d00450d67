using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

internal sealed class OracleRate : OracleKind
{
    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (null, year[period.Month - 1].Denominator is not null);

    // Computed from numerators and denominators. The change in points is computed once all units have reported in both years.
    public override Total TotalOf(
        Unit node, Indicator indicator, List<WorksheetLine> open, Total? lastYear, TotalState state, int reported, int expected)
    {
        var denominator = open.Sum(line => line.Numbers.Denominator ?? 0);
        var numerator = open.Sum(line => line.Numbers.Numerator ?? 0);
        decimal? rate = denominator > 0 ? numerator * 100 / denominator : null;
        var before = state != TotalState.Provisional ? lastYear?.Ytd : null;
        var growth = indicator.Basis != GrowthBasis.None && rate is { } now && before is { } then
            ? Growth.ComputeForRate(now, then) : Growth.Absent;
        return new Total(rate, rate, growth.Percent is null ? null : before, null, growth, Growth.Absent, growth, 0, default, reported,
            expected, state)
        {
            Parts = reported > 0 ? (numerator, denominator) : null,
        };
    }
}
