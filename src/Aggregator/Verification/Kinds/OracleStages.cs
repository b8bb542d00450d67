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

    public override bool StaysUntilReported => true;

    // What has not begun has no date, though one may be left from a stage that was taken back.
    public override DateOnly? SinceOf(Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures> lastYear) =>
        StandingOf(period, year, lastYear) is { Value: > 0, Date: var date } ? date : null;

    // A unit that reports itself has one stage with its date. A parent counts its units, also those that have never reported.
    public override Total TotalOf(
        Unit node, Indicator indicator, List<WorksheetLine> open, Total? lastYear, TotalState state, int reported, int expected)
    {
        var standing = open.Where(line => line.Ytd is not null).ToList();
        var isOwn = open.Exists(line => line.Unit == node);
        var counts = Enumerable.Range(0, (int)(standing.Max(line => line.Ytd) ?? 0) + 1)
            .Select(stage => standing.Count(line => line.Ytd == stage)).ToList();
        return Total(standing.ConvertAll(line => line.Ytd!.Value), isOwn, open, state, reported, expected) with
        {
            Stages = StageCounts.FromPublished(
                counts, isOwn ? null : Math.Max(0, expected - standing.Count), isOwn ? standing.SingleOrDefault()?.Since : null),
        };
    }

    protected abstract Total Total(
        List<decimal> stages, bool isOwn, List<WorksheetLine> open, TotalState state, int reported, int expected);

    protected static Total New(decimal? month, decimal? ytd, TotalState state, int reported, int expected) =>
        new(month, ytd, null, null, Growth.Absent, Growth.Absent, Growth.Absent, 0, default, reported, expected, state);

    private static Figures StandingOf(Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear) =>
        (lastYear ?? []).Concat(year.Take(period.Month)).LastOrDefault(month => month.Value is not null);
}
