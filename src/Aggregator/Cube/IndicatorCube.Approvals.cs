using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// How many units below a node have their figures approved: n of "n of m approved". Kept only where the catalogue has reports reviewed.
/// </summary>
internal sealed partial class IndicatorCube
{
    // By unit and year, for each indicator one bit for each month: whether the unit counts as approved.
    private readonly Dictionary<(int Unit, int Year), ushort[]> _approvedMonths = [];
    private readonly Dictionary<int, int[]> _approvedCounts = [];

    /// <summary>n and m of "n of m approved"; null: no report below the node is reviewed.</summary>
    public (int Approved, int ToApprove)? ApprovalsOf(int node, Indicator indicator, Period period)
    {
        if (Nodes.Tree.ToApprove?.Get(Nodes.InTree(node), indicator, period) is not (> 0 and var all))
        {
            return null;
        }

        var own = OwnApproved(node, indicator.Order, period.Year, period.Month);
        return (CountedApproved(own, new(node, indicator.Order, period.Year), period.Month), all);
    }

    private int OwnApproved(int node, int indicator, int year, int month) =>
        _approvedCounts.TryGetValue(year, out var counts) ? counts[ApprovalIndex(node, indicator, month)] : 0;

    /// <summary>Whether the rows that hold the figures of an indicator and month are all approved.</summary>
    public bool AreApproved(FieldProvenance rows) =>
        rows.Fields == FigureFields.None || rows.All.All(set => Reviews.IsApproved(set.Provenance.Sequence));

    private int ApprovalIndex(int node, int indicator, int month) =>
        ((month - 1) * Nodes.Nodes.Count + node) * Catalogue.Indicators.Count + indicator;

    private bool MayBeReviewed(Unit unit) =>
        Nodes.Tree.ToApprove is not null && Catalogue.Workflow.Rules.Any(rule => rule.Kind == unit.Kind);

    // The stock of last December counts in the figures of the next year, so that is looked at too.
    private void UpdateApprovals(Unit unit, Indicator indicator, Period period, long sequence)
    {
        if (MayBeReviewed(unit))
        {
            UpdateApprovals(unit, indicator, period.Year, sequence);
            UpdateApprovals(unit, indicator, period.Year + 1, sequence);
        }
    }

    private void UpdateAllApprovals()
    {
        foreach (var (index, year) in _units.Keys.Where(key => MayBeReviewed(Catalogue.Units.All[key.Unit])).ToList())
        {
            foreach (var order in _units[(index, year)].Indicators.ToArray())
            {
                UpdateApprovals(Catalogue.Units.All[index], Catalogue.Indicators[order], year, sequence: null);
            }

            for (var month = 1; month <= 12; month++)
            {
                UpdateUnapproved(Catalogue.Units.All[index], new Period(year, month));
            }
        }
    }

    private void UpdateApprovals(Unit unit, Indicator indicator, int year, long? sequence)
    {
        if (!_units.TryGetValue((unit.Index, year), out var reported))
        {
            return;
        }

        if (!_approvedMonths.TryGetValue((unit.Index, year), out var months))
        {
            _approvedMonths[(unit.Index, year)] = months = new ushort[Catalogue.Indicators.Count];
        }

        ref var known = ref months[indicator.Order];
        var approved = ComputeApproved(unit, indicator, reported, year);
        for (var month = 1; month <= 12; month++)
        {
            var (was, now) = (known >> month & 1, approved >> month & 1);
            if (was != now)
            {
                AddApproval(unit, indicator, new Period(year, month), now - was, sequence);
            }
        }

        known = approved;
    }

    private void AddApproval(Unit unit, Indicator indicator, Period period, int difference, long? sequence)
    {
        if (!_approvedCounts.TryGetValue(period.Year, out var counts))
        {
            _approvedCounts[period.Year] = counts = new int[Nodes.Nodes.Count * Catalogue.Indicators.Count * 12];
        }

        foreach (var node in ContributionNodesOf(indicator, unit, Nodes.PathOf(unit, period), Nodes))
        {
            counts[ApprovalIndex(node, indicator.Order, period.Month)] += difference;
            _years[period.Year].ForgetTotal(node, indicator.Order, period.Month);
            MarkToSend(new(node, indicator.Order, period.Year));
            if (sequence is { } cause)
            {
                Changes.Add(node, indicator.Order, period, cause);
            }
        }
    }

    // A unit counts as approved in a month when it counts as reported there, and the rows of each month of the year up to it that are
    // reviewed are approved.
    private ushort ComputeApproved(Unit unit, Indicator indicator, UnitYear reported, int year)
    {
        YearOfFigures current = default, last = default;
        CopyOrClear(reported, indicator.Order, current);
        CopyOrClear(_units.GetValueOrDefault((unit.Index, year - 1)), indicator.Order, last);
        var approved = (ushort)0;
        for (var month = 1; month <= 12; month++)
        {
            var period = new Period(year, month);
            var isReviewed = Catalogue.ReviewerOf(unit, period) is not null;
            if (isReviewed && !AreApproved(reported.ProvenanceOf(indicator.Order, month)))
            {
                break;
            }

            if (isReviewed && Contribution.IsDue(indicator, unit, period)
                && Contribution.YearToDate(indicator, unit, period, current, last).Whole)
            {
                approved |= (ushort)(1 << month);
            }
        }

        return approved;
    }
}
