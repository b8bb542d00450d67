using System.Runtime.CompilerServices;

namespace XilinIngest.Indicators;

/// <summary>
/// The year-to-date of a flow, month after month, of a unit that reports in every month: <see cref="FlowKind.YearToDate"/> without reading
/// the earlier months again.
/// </summary>
internal struct RunningYear
{
    private decimal _sum;
    private bool _hasSum;

    // A due month lacks its value since the year began, or since a month that carried its year-to-date.
    private bool _lacksMonth;

    /// <summary>The year-to-date through the last month; null: it is not whole.</summary>
    public readonly decimal? WholeYtd => IsWhole ? _sum : null;

    /// <summary>Whether the last month was reported, and every due month before it.</summary>
    public bool IsWhole { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in Figures figures, bool isDue)
    {
        if (figures.YearToDate is { } carried)
        {
            (_sum, _hasSum, _lacksMonth) = (carried, true, false);
        }
        else if (figures.Value is { } value)
        {
            (_sum, _hasSum) = (_hasSum ? _sum + value : value, true);
        }
        else
        {
            _lacksMonth |= isDue;
        }

        IsWhole = figures.HasValue && !_lacksMonth && _hasSum;
    }

    /// <summary>Adds the contribution of the last month.</summary>
    /// <param name="sums">The sums of the month.</param>
    /// <param name="figures">The month's figures.</param>
    /// <param name="recorded">Last year's year-to-date; null: it does not exist or lacks a month.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void AddTo(ref Sums sums, in Figures figures, decimal? recorded)
    {
        if (figures.Value is { } value)
        {
            sums.MonthCount++;
            sums.Month += value;
        }

        if (!_hasSum)
        {
            return;
        }

        sums.YtdCount++;
        sums.Ytd += _sum;
        if (!IsWhole)
        {
            sums.Incomplete++;
            return;
        }

        sums.Reported++;
        if (recorded is { } recordedBase)
        {
            sums.RecordedCount++;
            sums.RecordedCurrent += _sum;
            sums.RecordedBase += recordedBase;
        }

        if ((figures.LastYear ?? recorded) is { } comparableBase)
        {
            sums.ComparableCount++;
            sums.ComparableCurrent += _sum;
            sums.ComparableBase += comparableBase;
            sums.Substitutes += figures.LastYear is null ? 1 : 0;
        }
    }
}
