using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

internal sealed class OracleNetIncrease : OracleKind
{
    // The whole stock of a new unit is new; other units are compared with their stock at the year's end.
    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear)
    {
        var (latest, isIn) = (LatestOf(year, period), year[period.Month - 1].Value is not null);
        return UnitTree.Reports(unit, indicator, new Period(period.Year, 1).Previous)
            ? ((latest ?? YearEndOf(lastYear)) - YearEndOf(lastYear), isIn) : (latest, isIn);
    }

    public override bool CannotSum(List<WorksheetLine> open) => open.Exists(line => line.Ytd is null);
}
