using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// The common part of milestone and yes/no: the latest stage of this year or the last, and the number of units at each stage.
/// </summary>
internal abstract class OracleStages : OracleKind
{
    public override (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (StandingOf(period, year, lastYear).Value, year[period.Month - 1].Value is not null);

    public override DateOnly? SinceOf(Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures> lastYear) =>
        StandingOf(period, year, lastYear).Date;

    public override Total TotalOf(
        Indicator indicator, List<WorksheetLine> open, Total? lastYear, TotalState state, int reported, int expected)
    {
        var standing = open.Where(line => line.Ytd is not null).ToList();
        var tally = standing.Aggregate((StageTally?)null, (all, line) => StageTally.Add(all, StageTally.Of(line.Ytd, line.Since)));
        return Total(standing.ConvertAll(line => line.Ytd!.Value), tally, open, state, reported, expected);
    }

    protected abstract Total Total(
        List<decimal> stages, StageTally? tally, List<WorksheetLine> open, TotalState state, int reported, int expected);

    protected static Total New(decimal? month, decimal? ytd, StageTally? tally, TotalState state, int reported, int expected) =>
        new(month, ytd, null, null, Growth.Absent, Growth.Absent, Growth.Absent, 0, default, reported, expected, state) { Stages = tally };

    private static Figures StandingOf(Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (lastYear ?? []).Concat(year.Take(period.Month)).LastOrDefault(month => month.Value is not null);
}
