using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The sums of one month ahead. Other partitions need the sums of a month as soon as any has its first report; one month ahead, they have
/// them by then, even of a partition that nobody runs at that moment. While many submissions come, the sums are left out, since each
/// submission would change those of two months, and are made again as a whole once few come.
/// </summary>
internal sealed partial class IndicatorCube
{
    // The differences of one submission cost about as much as the contributions of so many units' years.
    private const int UnitYearsPerSubmission = 32;

    private bool _leavesOutAhead;

    private bool SumsAhead => Scope is not null && !_leavesOutAhead;

    /// <summary>Leaves the month ahead out before many submissions are applied.</summary>
    /// <param name="submissions">How many.</param>
    /// <returns>Whether they are so many.</returns>
    public bool LeaveOutAheadOf(int submissions)
    {
        if (submissions * UnitYearsPerSubmission <= _units.Count)
        {
            return false;
        }

        if (SumsAhead)
        {
            LeaveOutAhead();
        }

        return true;
    }

    /// <summary>Leaves the month ahead out until <see cref="SumAhead"/>. A cube that tells others nothing never needs it.</summary>
    public void LeaveOutAhead()
    {
        _leavesOutAhead = true;
        foreach (var (year, nodes) in _years.Where(each => each.Value.SummedThrough > each.Value.Horizon))
        {
            // What was sent of it is sent again as nothing: what comes to nothing meanwhile would not be sent.
            MarkMonthsToSend(new(new(year, nodes.Horizon + 1), new(year, nodes.SummedThrough)));
            nodes.ForgetMonthsFrom(nodes.Horizon + 1);
        }
    }

    /// <summary>Sums the month ahead, if it is left out.</summary>
    public void SumAhead()
    {
        if (Scope is null || !_leavesOutAhead)
        {
            return;
        }

        _leavesOutAhead = false;
        foreach (var (year, nodes) in _years.Where(each => each.Value.Horizon > 0).OrderBy(each => each.Key).ToList())
        {
            SumThrough(MonthAhead(year, nodes.Horizon));
        }
    }

    private static Period MonthAhead(int year, int horizon) => new Period(year, horizon).AddMonths(1);
}
