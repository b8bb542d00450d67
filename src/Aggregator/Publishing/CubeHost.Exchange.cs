using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.RollUps;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>What the cubes of other partitions have sent, and what they are told.</summary>
internal sealed partial class CubeHost
{
    // The messages of a cube count from 1, so each has an epoch of its own. All is asked for again: with another catalogue, units and
    // indicators may be known that were not when it was sent. One that follows sends nothing, and must not raise the epoch.
    private void StartExchange(IndicatorCube cube, StoredRollUps known, bool isStored, bool follows = false, long above = 0)
    {
        _exchange = cube.Scope is null ? null : new RollUpExchange(cube, follows ? 0 : store.RenewEpoch(above));
        if (_exchange is { } exchange)
        {
            _mustReplaceRollUps = !exchange.Restore(known) || !isStored;
            exchange.AskAll();
            ShowExchange();
        }
    }

    private PartitionMonths MonthsOf(IndicatorCube cube) => new(
        _ledger.Progress is { IsInDoubt: false, Lag: 0 },
        [.. _closed.Where(period => cube.UnapprovedReports(period).Count > 0).Select(period => period.Number).Order()],
        _closed.Select(period => (period.Number, Count: cube.Months.HistoryOf(period).Count)).Where(month => month.Count > 0)
            .OrderBy(month => month.Number).ToDictionary(month => month.Number, month => month.Count),
        _closed.Select(period => (period.Number, Row: cube.Reviews.LastThrough(period) ?? 0)).Where(month => month.Row > 0)
            .OrderBy(month => month.Number).ToDictionary(month => month.Number, month => month.Row));

    private void ShowExchange()
    {
        if (_exchange is { } exchange)
        {
            Volatile.Write(ref _missingPartitions, [.. exchange.Missing.Select(each => each.Path)]);
            Volatile.Write(ref _others, exchange.Senders);
        }
    }
}
