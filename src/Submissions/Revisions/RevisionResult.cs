using System.Runtime.InteropServices;
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
    /// <param name="returned">The returned rows, whose figures do not count; null: there are none.</param>
    public static RevisionResult Apply(
        List<RevisedValue> values, EffectiveMonth current, IReadOnlyDictionary<Period, MonthFigures> history, Period period,
        Provenance source, IReadOnlySet<long>? returned = null)
    {
        var tookEffect = false;
        List<SupersededField>? late = null;
        List<Indicator>? unchanged = null;
        List<Finding>? notices = null;
        var laterMonths = LaterMonthsOfYear(history, period);
        foreach (ref readonly var value in CollectionsMarshal.AsSpan(values))
        {
            var (sent, before) = (value.Submitted, value.Before);
            var won = current.Apply(sent.Indicator.Code, sent.Figures, sent.StoredFields, source, out var replaced, out var applied);
            var sources = replaced.Provenance;
            tookEffect |= won != FigureFields.None;
            if ((sent.StoredFields & ~won) is var lost and not FigureFields.None)
            {
                AddSuperseded(late ??= [], sent.Indicator, lost, sources);
            }

            if (won == FigureFields.None)
            {
                continue;
            }

            var (after, isFirst) = (applied.Counted(returned), sources.Fields == FigureFields.None);
            if (after == before && !isFirst)
            {
                (unchanged ??= []).Add(sent.Indicator);
                continue;
            }

            if (!isFirst)
            {
                (notices ??= []).Add(RevisionNotices.Changed(sent.Indicator, before, after));
            }

            if (FindCarriedYearToDate(sent, before, after, laterMonths, period) is { } carried)
            {
                (notices ??= []).Add(RevisionNotices.YearToDateUnchanged(sent.Indicator, carried.Month, carried.YearToDate));
            }
        }

        if (unchanged is not null)
        {
            (notices ??= []).Add(RevisionNotices.Unchanged(unchanged));
        }

        if (late is not null)
        {
            (notices ??= []).Insert(0, RevisionNotices.SupersededFields(late, whole: !tookEffect));
        }

        return new(tookEffect, notices ?? []);
    }

    private static void AddSuperseded(List<SupersededField> late, Indicator indicator, FigureFields lost, FieldProvenance sources) =>
        late.AddRange(EnumerateFields(lost).Select(field => new SupersededField(indicator, field, sources.ProvenanceOf(field)!.Value)));

    // The first month, from this one on, whose reported year-to-date takes precedence, so that the change does not reach the totals.
    private static (Period Month, decimal YearToDate)? FindCarriedYearToDate(
        SubmittedValue sent, Figures before, Figures after, List<(Period Month, MonthFigures Effective)>? laterMonths,
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

        if (laterMonths is null)
        {
            return null;
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

    // Null: there are none, as in most submissions.
    private static List<(Period Month, MonthFigures Effective)>? LaterMonthsOfYear(
        IReadOnlyDictionary<Period, MonthFigures> history, Period period)
    {
        List<(Period, MonthFigures)>? later = null;
        for (var month = period.Month + 1; month <= 12; month++)
        {
            if (history.TryGetValue(new Period(period.Year, month), out var effective))
            {
                (later ??= []).Add((new Period(period.Year, month), effective));
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
