using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Months that rows of the ledger close or reopen.</summary>
internal sealed partial class IndicatorCube
{
    /// <summary>Applies an accepted closing or reopening, in any order, any number of times.</summary>
    public void Apply(MonthStateChange change)
    {
        Changes.MonthChanges.Add(change);
        if (!Months.Apply(change))
        {
            return;
        }

        var period = change.Period;
        if (_years.TryGetValue(period.Year, out var nodes))
        {
            nodes.MayBeFinalAfter(period.Month) = Months.MayBeFinalAfter(Catalogue.WindowOf(period));
        }

        for (var node = 0; node < Nodes.Nodes.Count && HorizonOf(period.Year) >= period.Month; node++)
        {
            foreach (var indicator in Catalogue.Indicators)
            {
                Changes.Add(node, indicator.Order, period, change.Sequence);
            }
        }
    }
}
