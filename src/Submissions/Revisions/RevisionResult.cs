using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Revisions;

/// <summary>The effect of a submission on its effective month, and the notices for its receipt.</summary>
/// <param name="TookEffect">Whether any of its fields took effect.</param>
/// <param name="Notices">Fields that changed, fields that stay, and fields that later submissions had already set.</param>
public sealed record RevisionResult(bool TookEffect, IReadOnlyList<Finding> Notices)
{
    /// <summary>Applies the values to the month, field by field.</summary>
    /// <param name="values">The submission's values.</param>
    /// <param name="current">The effective month; changed.</param>
    /// <param name="history">The effective months of the unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="source">The submission.</param>
    public static RevisionResult Apply(
        IReadOnlyList<RevisedValue> values, EffectiveMonth current, IReadOnlyDictionary<Period, MonthFigures> history, Period period,
        Provenance source)
    {
        var tookEffect = false;
        List<SupersededField> late = [];
        List<Indicator> unchanged = [];
        List<Finding> notices = [];
        var laterMonths = LaterMonthsOfYear(history, period);
        foreach (var (sent, _, before, _) in values)
        {
            var (code, sources) = (sent.Indicator.Code, current.ProvenanceOf(sent.Indicator.Code));
            var won = current.Apply(code, sent.Figures, sent.StoredFields, source);
            tookEffect |= won != FigureFields.None;
            if ((sent.StoredFields & ~won) is var lost and not FigureFields.None)
            {
                late.AddRange(EnumerateFields(lost)
                    .Select(field => new SupersededField(sent.Indicator, field, sources.ProvenanceOf(field)!.Value)));
            }

            if (won == FigureFields.None)
            {
                continue;
            }

            var (after, isFirst) = (current[code], sources.Fields == FigureFields.None);
            if (after == before && !isFirst)
            {
                unchanged.Add(sent.Indicator);
                continue;
            }

            if (!isFirst)
            {
                notices.Add(RevisionNotices.Changed(sent.Indicator, before, after));
            }

            if (FindCarriedYearToDate(sent, before, after, laterMonths, period) is { } carried)
            {
                notices.Add(RevisionNotices.YearToDateUnchanged(sent.Indicator, carried.Month, carried.YearToDate));
            }
        }

        if (unchanged.Count > 0)
        {
            notices.Add(RevisionNotices.Unchanged(unchanged));
        }

        if (late.Count > 0)
        {
            notices.Insert(0, RevisionNotices.SupersededFields(late, whole: !tookEffect));
        }

        return new(tookEffect, notices);
    }

    // The first month, from this one on, whose reported year-to-date takes precedence, so that the change does not reach the totals.
    private static (Period Month, decimal YearToDate)? FindCarriedYearToDate(
        SubmittedValue sent, Figures before, Figures after, IReadOnlyList<(Period Month, MonthFigures Effective)> laterMonths,
        Period period)
    {
        if (!sent.Indicator.Kind.AddsMonths || (after.Value == before.Value && after.YearToDate == before.YearToDate))
        {
            return null;
        }

        if (after.YearToDate is { } own && own == before.YearToDate)
        {
            return (period, own);
        }

        foreach (var (later, effective) in laterMonths)
        {
            if (effective[sent.Indicator.Code].YearToDate is { } carried)
            {
                return (later, carried);
            }
        }

        return null;
    }

    private static List<(Period Month, MonthFigures Effective)> LaterMonthsOfYear(
        IReadOnlyDictionary<Period, MonthFigures> history, Period period)
    {
        List<(Period, MonthFigures)> later = [];
        for (var month = period.Month + 1; month <= 12; month++)
        {
            if (history.TryGetValue(new Period(period.Year, month), out var effective))
            {
                later.Add((new Period(period.Year, month), effective));
            }
        }

        return later;
    }

    public static IEnumerable<FigureFields> EnumerateFields(FigureFields fields)
    {
        for (var field = FigureFields.Value; field <= FigureFields.Date; field = (FigureFields)((byte)field << 1))
        {
            if ((fields & field) != 0)
            {
                yield return field;
            }
        }
    }
}

/// <summary>A field of a submission that a later submission had already set.</summary>
public readonly record struct SupersededField(Indicator Indicator, FigureFields Field, Provenance Provenance);
