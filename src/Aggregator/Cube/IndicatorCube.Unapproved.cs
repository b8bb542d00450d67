using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// Which reports a closed month waits for: those that are reviewed and have a row that is not approved, whether it waits or was returned.
/// A unit without any report is not among them: it is missing, and who closed the month without it gave the reason.
/// </summary>
internal sealed partial class IndicatorCube
{
    // By unit and year one bit for each month that is reviewed and has a row that is not approved.
    private readonly Dictionary<(int Unit, int Year), ushort> _unapprovedMonths = [];

    /// <summary>Whether a month is closed or locked and waits for no report: its complete totals are final.</summary>
    public bool IsFinal(Period period, DateTimeOffset now) =>
        now > Months.MayBeFinalAfter(Catalogue.WindowOf(period)) && !UnapprovedUnits(period).Any();

    /// <summary>
    /// The units whose report of a month, or of one before it in the year, is not approved, in the order of the catalogue. Earlier months
    /// are in the year-to-date.
    /// </summary>
    public IReadOnlyList<Unit> UnapprovedReports(Period period) => [.. UnapprovedUnits(period).OrderBy(unit => unit.Index)];

    private IEnumerable<Unit> UnapprovedUnits(Period period) => _unapprovedMonths
        .Where(entry => entry.Key.Year == period.Year && (entry.Value & (1 << (period.Month + 1)) - 1) != 0)
        .Select(entry => Catalogue.Units.All[entry.Key.Unit])
        .Where(unit => unit.SpanIn(period) is not null && Catalogue.ReviewerOf(unit, period) is not null);

    private void UpdateUnapproved(Unit unit, Period period)
    {
        var (key, bit) = ((unit.Index, period.Year), 1 << period.Month);
        if (!MayBeReviewed(unit) || !_units.TryGetValue(key, out var reported))
        {
            return;
        }

        var isUnapproved = Catalogue.ReviewerOf(unit, period) is not null
            && reported.Indicators.ToArray().Any(order => !AreApproved(reported.ProvenanceOf(order, period.Month)));
        var before = _unapprovedMonths.GetValueOrDefault(key);
        var after = (ushort)(isUnapproved ? before | bit : before & ~bit);
        if (after == 0)
        {
            _unapprovedMonths.Remove(key);
        }
        else
        {
            _unapprovedMonths[key] = after;
        }
    }
}
