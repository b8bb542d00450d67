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
            if (Catalogue.TryFind(value.Indicator, out var indicator))
            {
                year.Set(indicator.Order, period.Month, value.Figures, value.Provenance);
            }
        }
    }

    /// <summary>
    /// Sets all effective values of a unit from stored rows, without the sums. Several threads may restore at once, each its own units.
    /// </summary>
    /// <param name="unit">The unit.</param>
    /// <param name="months">Its rows.</param>
    /// <param name="numbers">The numbers of the indicators in the rows.</param>
    /// <param name="indicators">The indicators by their number; null: the catalogue does not have it any more.</param>
    public void RestoreUnit(
        Unit unit, IReadOnlyList<(Period Period, byte[] Data)> months, IndicatorNumbers numbers, Indicator?[] indicators)
    {
        var years = new Dictionary<int, UnitYear>(4);
        foreach (var (period, data) in months)
        {
            var values = new EffectiveMonthReader(data, numbers);
            if (!years.TryGetValue(period.Year, out var year))
            {
                years[period.Year] = year = new UnitYear(values.Count);
            }

            while (values.MoveNext())
            {
                if (indicators[values.IndicatorNumber] is { } indicator)
                {
                    year.Set(indicator.Order, period.Month, values.Current.Figures, values.Current.Provenance);
                }
            }
        }

        // Once for each unit: a lock for each month would keep the threads waiting for each other.
        lock (_units)
        {
            foreach (var (year, values) in years)
            {
                _units[(unit.Index, year)] = values;
            }

            foreach (var (period, _) in months)
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
