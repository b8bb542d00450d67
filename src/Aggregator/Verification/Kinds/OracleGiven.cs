using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

internal sealed class OracleGiven : OracleKind
{
    public override bool IsAddedUp => false;

    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (year[period.Month - 1].Value, year[period.Month - 1].Value is not null);
}
