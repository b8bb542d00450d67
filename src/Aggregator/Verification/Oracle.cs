using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>
/// Computes everything from the accepted submissions in the simplest way, month by month and line by line, like a spreadsheet. It shares
/// only the kernel's definitions of growth, rank, pace and colour with the cube, and updates nothing incrementally. Every difference from
/// it is an error.
/// </summary>
internal sealed partial class Oracle
{
    private readonly Catalogue _catalogue;
    private readonly DateTimeOffset _now;
    private readonly IReadOnlyList<AcceptedMonthChange> _months;
    private readonly OracleValues _values;
    private readonly HashSet<Unit> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<ResultKey, Total> _totals = [];
    private readonly Dictionary<ResultKey, int> _expected = [];
    private readonly Dictionary<ResultKey, int> _toApprove = [];
    private readonly HashSet<long> _approved;

    private Oracle(
        Catalogue catalogue, IEnumerable<AcceptedSubmission> accepted, DateTimeOffset now, IReadOnlyList<AcceptedMonthChange> months,
        IReadOnlyList<AcceptedReview> reviews)
    {
        (_catalogue, _now, _months) = (catalogue, now, months);

        // The last review of a row decides.
        var last = reviews.GroupBy(review => review.Row).Select(row => row.MaxBy(review => review.Sequence)!).ToList();
        _approved = [.. last.Where(review => review.Decision == ReviewDecision.Approve).Select(review => review.Row)];
        _values = new OracleValues(
            accepted, last.Where(review => review.Decision == ReviewDecision.Return).Select(review => review.Row).ToHashSet());
        var targeted = catalogue.Targets.Select(target => target.Unit).ToHashSet();
        _nodes.UnionWith(catalogue.Units.All.Where(unit => unit.Level <= UnitLevel.Village || targeted.Contains(unit.Code)));
    }

    private IEnumerable<Period> Months =>
        _values.Years.SelectMany(year => Enumerable.Range(1, year.LastMonth).Select(month => new Period(year.Year, month)));

    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="accepted">The submissions in any order, any number of times; enumerated once.</param>
    /// <param name="now">The time, which decides which months are locked.</param>
    /// <param name="months">The closings and reopenings of months, in any order; null: there are none.</param>
    /// <param name="reviews">The reviews of reports, in any order; null: there are none.</param>
    public static OracleResults Compute(
        Catalogue catalogue, IEnumerable<AcceptedSubmission> accepted, DateTimeOffset now,
        IReadOnlyList<AcceptedMonthChange>? months = null, IReadOnlyList<AcceptedReview>? reviews = null)
    {
        var oracle = new Oracle(catalogue, accepted, now, months ?? [], reviews ?? []);
        oracle.ComputeTotals();
        var judgements = oracle.ComputeJudgements();
        var unapproved = oracle.Months.ToDictionary(period => period, oracle.UnapprovedUnits);
        return new OracleResults(catalogue, oracle._totals, oracle.ComputeRankings(), oracle.ComputeAlerts(judgements), judgements)
        {
            Unapproved = unapproved,
            FinalMonths = unapproved.Where(month => month.Value.Count == 0 && oracle.IsClosed(month.Key))
                .Select(month => month.Key).ToHashSet(),
        };
    }

    private void ComputeTotals()
    {
        // Oldest first, because the growth of a rate needs the year before.
        foreach (var period in Months)
        {
            var places = _catalogue.Units.All.Select(unit => (Unit: unit, Nodes: NodesOf(unit, period))).ToList();
            foreach (var indicator in _catalogue.Indicators)
            {
                var due = places.Where(place => WorksheetLine.IsDue(place.Unit, indicator, period)).ToList();
                CountInto(_expected, due, indicator, period);
                CountInto(_toApprove, due.Where(place => IsReviewed(place.Unit, period)), indicator, period);

                foreach (var group in places
                    .Select(place => (place.Unit, place.Nodes, Line: WorksheetLine.Build(_values, place.Unit, indicator, period)))
                    .Where(place => place.Line is not null)
                    .SelectMany(place => ContributionNodesOf(indicator, place.Unit, place.Nodes)
                        .Select(node => (Node: node, Line: place.Line!)))
                    .GroupBy(pair => pair.Node.Code, pair => pair.Line))
                {
                    var node = _catalogue.Units[group.Key];
                    var (lines, approvals) = (group.ToList(), ApprovalsOf(node, indicator, period, [.. group]));
                    var isApproved = approvals is not { } counts || counts.Approved == counts.ToApprove;
                    if (TotalOf(node, indicator, period, lines, isApproved) is { } total)
                    {
                        _totals[new(node, indicator, period)] = total with { Approvals = approvals };
                    }
                }
            }
        }
    }

    private void CountInto(
        Dictionary<ResultKey, int> counts, IEnumerable<(Unit Unit, List<Unit> Nodes)> places, Indicator indicator, Period period)
    {
        foreach (var group in places.SelectMany(place => ContributionNodesOf(indicator, place.Unit, place.Nodes))
            .GroupBy(node => node.Code))
        {
            counts[new(_catalogue.Units[group.Key], indicator, period)] = group.Count();
        }
    }

    // The nodes in the month itself. A unit that has ended belongs to its last parent.
    private List<Unit> NodesOf(Unit unit, Period period) =>
        [.. _catalogue.Units.AncestorsOf(unit, period).Prepend(unit).Where(_nodes.Contains)];

    // A given figure counts only for its unit; all others are added up by the ancestors.
    private static IEnumerable<Unit> ContributionNodesOf(Indicator indicator, Unit unit, List<Unit> nodes) =>
        OracleKind.Of(indicator).IsAddedUp ? nodes : nodes.Where(node => node == unit);

    private Total? TotalOf(Unit node, Indicator indicator, Period period, List<WorksheetLine> lines, bool isApproved)
    {
        var kind = OracleKind.Of(indicator);
        var open = lines.Where(line => !line.IsClosed).ToList();
        if (!open.Exists(line => line.IsComplete || line.Month is not null || (kind.StaysUntilReported && line.Ytd is not null)))
        {
            return null;
        }

        var (reported, expected) = (open.Count(line => line.IsComplete), _expected.GetValueOrDefault(new(node, indicator, period)));
        var complete = expected > 0 && reported >= expected;
        var isFinal = IsClosed(period) && isApproved;
        var state = !complete ? TotalState.Provisional : isFinal ? TotalState.Final : TotalState.Complete;
        var lastYear = CompleteTotal(node, indicator, period.SameMonthLastYear);
        if (kind.TotalOf(node, indicator, open, lastYear, state, reported, expected) is { } total)
        {
            return total;
        }

        var (sameUnits, comparableBase, comparableCurrent, substitutes, own) = OnComparableBasis(indicator, open);
        var comparable = own > 0 ? sameUnits : Growth.Absent;
        var (recorded, recordedBase, recordedCurrent) = OnRecordedBasis(indicator, lines, complete);
        var (growth, @base, compared) = indicator.Basis switch
        {
            GrowthBasis.Comparable => (sameUnits, comparableBase, comparableCurrent),
            GrowthBasis.Recorded => (recorded, recordedBase, recordedCurrent),
            _ => (Growth.Absent, null, null),
        };
        var cannotSum = complete && kind.CannotSum(open);
        var leftOut = @base is null ? default : LeftOutOf(indicator, lines, complete);
        var monthIsWhole = !complete || open.TrueForAll(line => line.Month is not null || !line.IsComplete || !kind.AddsMonths);
        return new Total(
            monthIsWhole ? SumOrNull(open.Select(line => line.Month)) : null,
            cannotSum ? null : SumOrNull(lines.Select(line => line.Ytd)), @base, compared, growth, comparable, recorded,
            own > 0 || indicator.Basis == GrowthBasis.Comparable ? substitutes : 0, leftOut, reported, expected, state);
    }

    // The last row about the month decides: a closing closes it, a reopening puts off its lock and gives the time for corrections anew.
    // Without one, the calendar decides.
    private bool IsClosed(Period period)
    {
        if (_catalogue.WindowOf(period) is not { } window)
        {
            return false;
        }

        var last = _months.Where(change => change.Period == period.ToString()).OrderBy(change => change.Sequence).LastOrDefault();
        return last switch
        {
            null => _now > window.Locks,
            { Transition: MonthTransition.Closed } => true,
            { Until: { } until } => _now > until + (window.Locks - window.Closes) && _now > window.Locks,
            _ => false,
        };
    }

    // The units that are in the figure, or in last year's, but not in the comparison.
    private static LeftOut LeftOutOf(Indicator indicator, List<WorksheetLine> lines, bool complete)
    {
        var incomplete = lines.Count(line => !line.IsClosed && !line.IsComplete && line.Ytd is not null);
        var (whole, gone) = (lines.Where(line => !line.IsClosed && line.IsComplete).ToList(), lines.Where(line => line.IsClosed).ToList());
        if (indicator.Basis == GrowthBasis.Comparable)
        {
            var without = whole.Where(line => line.ReportedBase is null && line.RecordedBase is null).ToList();
            return new LeftOut(gone.Count, without.Count(line => line.IsNew), without.Count(line => !line.IsNew), incomplete);
        }

        var unrecorded = whole.Where(line => line.RecordedBase is null).ToList();
        return new LeftOut(
            complete ? gone.Count(line => line.Month is null && line.Ytd is not null && !line.IsComplete) : gone.Count,
            complete ? 0 : unrecorded.Count(line => line.IsNew), unrecorded.Count(line => !line.IsNew), incomplete);
    }

    // 可比口径: the base that the same units report today, or else their recorded figures of last year. Both are counted.
    private static (Growth Growth, decimal? Base, decimal? Current, int Substitutes, int Own) OnComparableBasis(
        Indicator indicator, List<WorksheetLine> open)
    {
        var compared =
            open.Where(line => HasGrowth(indicator) && line.IsComplete && line.Ytd is not null
                && (line.ReportedBase ?? line.RecordedBase) is not null).ToList();
        if (compared.Count == 0)
        {
            return (Growth.Absent, null, null, 0, 0);
        }

        var (current, @base) =
            (compared.Sum(line => line.Ytd!.Value), compared.Sum(line => (line.ReportedBase ?? line.RecordedBase)!.Value));
        var own = compared.Count(line => line.ReportedBase is not null);
        return (Growth.Compute(current, @base), @base, current, compared.Count - own, own);
    }

    // Last year's figures of the units that are complete in both years. Once all have reported, also those of new and closed units.
    private static (Growth Growth, decimal? Base, decimal? Current) OnRecordedBasis(
        Indicator indicator, List<WorksheetLine> lines, bool complete)
    {
        var whole = lines.Where(line => HasGrowth(indicator) && !line.IsClosed && line.IsComplete && line.Ytd is not null).ToList();
        var inBoth = whole.Where(line => line.RecordedBase is not null).ToList();
        var isNew = whole.Where(line => line.RecordedBase is null && line.IsNew && complete);
        var closed = lines.Where(line => HasGrowth(indicator) && line.IsClosed && complete).ToList();
        if (inBoth.Count == 0 && !closed.Exists(line => line.RecordedBase is not null))
        {
            return (Growth.Absent, null, null);
        }

        var current = inBoth.Concat(isNew).Concat(closed.Where(line => line.IsComplete)).Sum(line => line.Ytd!.Value);
        var @base = inBoth.Concat(closed).Sum(line => line.RecordedBase ?? 0);
        return (Growth.Compute(current, @base), @base, current);
    }

    private static bool HasGrowth(Indicator indicator) => indicator.Basis != GrowthBasis.None && OracleKind.Of(indicator).HasGrowth;

    private static decimal? SumOrNull(IEnumerable<decimal?> figures) =>
        figures.OfType<decimal>().ToList() is { Count: > 0 } known ? known.Sum() : null;
}
