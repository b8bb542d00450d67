using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// The oracle's own rules of a kind. They share nothing with <see cref="IndicatorKind"/>, so that a mistake there is detected.
/// </summary>
internal abstract class OracleKind
{
    private static readonly Dictionary<string, OracleKind> ByName = new()
    {
        ["Flow"] = new OracleFlow(),
        ["Stock"] = new OracleStock(),
        ["NetIncrease"] = new OracleNetIncrease(),
        ["Rate"] = new OracleRate(),
        ["Given"] = new OracleGiven(),
        ["Milestone"] = new OracleMilestone(),
        ["YesNo"] = new OracleYesNo(),
    };

    public static OracleKind Of(Indicator indicator) => ByName[indicator.Kind.Name];

    /// <summary>Whether the ancestors add it up.</summary>
    public virtual bool IsAddedUp => true;

    /// <summary>Whether the year-to-date is a sum of months, so that a unit may have reported it without the month.</summary>
    public virtual bool AddsMonths => false;

    /// <summary>Whether amounts are compared with last year's.</summary>
    public virtual bool HasGrowth => false;

    /// <summary>Whether a month without a report has the figure of the month before.</summary>
    public virtual bool StaysUntilReported => false;

    /// <summary>Whether a full-year target is judged from last year's end on.</summary>
    public virtual bool StartsAtYearEnd => false;

    /// <summary>Whether last year's figure may serve as a base.</summary>
    /// <param name="reported">Whether the unit reported a year ago.</param>
    public virtual bool HasBase(bool reported) => false;

    /// <summary>A unit's year-to-date, and whether nothing due is missing in it.</summary>
    public abstract (decimal? Ytd, bool Whole) YearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures>? lastYear);

    /// <summary>The year-to-date of a unit that no longer reports.</summary>
    public virtual (decimal? Ytd, bool Whole) ClosedYearToDate(
        Unit unit, Indicator indicator, Period period, IReadOnlyList<Figures> year) => (null, false);

    /// <summary>Whether the lines have no sum although all units have reported.</summary>
    public virtual bool CannotSum(List<WorksheetLine> open) => false;

    /// <summary>The total, if it is not a sum of amounts.</summary>
    /// <param name="node">The unit that the total is of.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="open">The lines of the units that report.</param>
    /// <param name="lastYear">The complete total of the same month of last year.</param>
    /// <param name="state">The state.</param>
    /// <param name="reported">The number of units that have reported.</param>
    /// <param name="expected">The number of units that are expected to report.</param>
    public virtual Total? TotalOf(
        Unit node, Indicator indicator, List<WorksheetLine> open, Total? lastYear, TotalState state, int reported, int expected) => null;

    /// <summary>Since when the unit has been at its stage.</summary>
    public virtual DateOnly? SinceOf(Period period, IReadOnlyList<Figures> year, IReadOnlyList<Figures> lastYear) => null;

    protected static decimal? YearEndOf(IReadOnlyList<Figures>? lastYear) => lastYear?[11].Value;

    protected static decimal? LatestOf(IReadOnlyList<Figures> year, Period period) =>
        year.Take(period.Month).LastOrDefault(month => month.Value is not null).Value;
}
