using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

internal sealed class OracleStock : OracleKind
{
    public override bool HasGrowth => true;

    public override bool StartsAtYearEnd => true;

    public override bool HasBase(bool reported) => reported;

    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (LatestOf(year, period) ?? YearEndOf(lastYear), year[period.Month - 1].Value is not null);
}
