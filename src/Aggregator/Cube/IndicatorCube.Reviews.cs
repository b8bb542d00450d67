using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Reports that rows of the ledger approve or return.</summary>
internal sealed partial class IndicatorCube
{
    /// <summary>Applies an accepted review, in any order, any number of times.</summary>
    public void Apply(ReportReview review)
    {
        Changes.Reviews.Add(review);
        if (!Reviews.Apply(review) || !Catalogue.Units.TryFind(review.Unit, out var unit)
            || !_units.ContainsKey((unit.Index, review.Period.Year)))
        {
            return;
        }

        var (year, month) = (review.Period.Year, review.Period.Month);
        var years = YearsOf(unit, year, 0);
        var (before, after) = (years.This.Returned, ReturnedRowsOf(unit, year));
        var set = new HashSet<long> { review.Row };
        foreach (var order in years.This.Indicators.ToArray())
        {
            var indicator = Catalogue.Indicators[order];
            var stored = years.This.StoredValue(indicator, month);
            if (stored.Provenance.FieldsOf(set) == FigureFields.None)
            {
                continue;
            }

            var change = new MonthChange(review.Period, stored.Counted(before), stored.Counted(after));
            if (change.Was != change.Now)
            {
                ReadYears(years, order, year);
                AddDifferences(unit, indicator, change, review.Sequence);
            }
        }

        years.This.SetReturned(after);
        Changes.MonthsToStore.Add((unit.Index, review.Period));
        foreach (var order in years.This.Indicators.ToArray())
        {
            UpdateApprovals(unit, Catalogue.Indicators[order], review.Period, review.Sequence);
        }

        UpdateUnapproved(unit, review.Period);
    }

    // Null: there are none, as in nearly all years.
    private HashSet<long>? ReturnedRowsOf(Unit unit, int year)
    {
        if (Reviews.Returned.Count == 0)
        {
            return null;
        }

        HashSet<long>? rows = null;
        for (var month = 1; month <= 12; month++)
        {
            foreach (var review in Reviews.NewestOf(unit.Code, new Period(year, month)))
            {
                if (review.Action == ReviewAction.Return)
                {
                    (rows ??= []).Add(review.Row);
                }
            }
        }

        return rows;
    }
}
