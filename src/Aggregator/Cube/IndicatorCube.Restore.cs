using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The effective values of the stored cube, or of a cube with another catalogue.</summary>
internal sealed partial class IndicatorCube
{
    /// <summary>
    /// Sets the effective values of a month, for a cube with another catalogue. The sums are not changed; <see cref="Recompute"/> computes
    /// them.
    /// </summary>
    public void Restore(Unit unit, Period period, EffectiveMonth month)
    {
        var year = UnitYearOf(unit, period.Year, month.Values.Count);
        IncludeReported(period);
        foreach (var value in month.Values)
        {
            year.Set(CubeLoader.IndicatorOf(Catalogue, value.Indicator).Order, period.Month, value.Figures, value.Provenance);
        }
    }

    /// <summary>
    /// Sets all effective values of units from stored rows, without the sums. Several threads may restore at once, each its own units.
    /// </summary>
    /// <param name="batch">All rows of each unit that it has.</param>
    /// <param name="indicators">The indicators of the rows.</param>
    public void Restore(EffectiveMonthBatch batch, StoredIndicators indicators)
    {
        var years = new List<((int Unit, int Year) Key, UnitYear Values)>();
        for (var row = 0; row < batch.Rows.Count;)
        {
            var (unit, period, _) = batch.Rows[row];
            var (from, to) = (row, batch.EndOfYear(row));
            var year = new UnitYear(new EffectiveMonthReader(batch.DataOf(from), indicators.Numbers, batch.Sources).Count);
            year.SetReturned(ReturnedRowsOf(unit, period.Year));
            year.Restore(batch, from, to, indicators, years.Count == 0 ? null : years[^1].Values);
            years.Add(((unit.Index, period.Year), year));
            row = to;
        }

        // Once for many units: a lock for each month would keep the threads waiting for each other.
        lock (_units)
        {
            foreach (var (key, values) in years)
            {
                _units[key] = values;
            }

            foreach (var period in batch.Rows.Select(row => row.Period).Distinct())
            {
                IncludeReported(period);
            }
        }
    }

    private void IncludeReported(Period period)
    {
        var nodes = NodeYearOf(period.Year);
        nodes.Horizon = Math.Max(nodes.Horizon, period.Month);
        nodes.LastReported = Math.Max(nodes.LastReported, period.Month);
    }
}
