using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The effective values that another process has stored since this cube was loaded.</summary>
internal sealed partial class IndicatorCube
{
    /// <summary>
    /// Replaces the effective values of a month by later ones, and with them the sums: as if the submissions in between were applied.
    /// </summary>
    public void Replace(Unit unit, Period period, EffectiveMonth month)
    {
        var years = YearsOf(unit, period.Year, month.Values.Count);
        RaiseHorizon(period);
        RaiseLastReported(period, sequence: null);
        foreach (var value in month.Values)
        {
            var (indicator, sequence) = (CubeLoader.IndicatorOf(Catalogue, value.Indicator), value.Provenance.Latest.Sequence);
            Replace(unit, years, indicator, period, years.This.StoredValue(indicator, period.Month), value, sequence);
            UpdateApprovals(unit, indicator, period, sequence);
        }

        UpdateUnapproved(unit, period);
        Changes.MonthsToStore.Add((unit.Index, period));
    }
}
