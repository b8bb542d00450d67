using XilinIngest.Indicators;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Checking;

/// <summary>
/// The figures that a rule may speak of, by the kind of the indicator: from the submission, and from what stands of the unit.
/// </summary>
public static class RuleFiguresReader
{
    public static RuleFigures Read(
        RevisedValue value, Submission submission, IReadOnlyList<RevisedValue> values, IReadOnlyDictionary<Period, EffectiveMonth> history,
        bool askRecorded)
    {
        var (indicator, period, figures) = (value.Submitted.Indicator, submission.Period!.Value, value.After);
        Span<decimal> earlier = stackalloc decimal[12];
        var count = 0;
        for (var back = 1; back <= 12; back++)
        {
            if (MonthFigureIn(indicator, history.GetValueOrDefault(period.AddMonths(-back))) is { } earlierValue)
            {
                earlier[count++] = earlierValue;
            }
        }

        return new RuleFigures(
            indicator.Kind.MonthValue(figures),
            figures.YearToDate,
            SumOfMonths(indicator, submission.Unit!, period, figures, history),
            PreviousMonthFigure(indicator, period, history),
            figures.LastYear,
            askRecorded ? RecordedFigure(indicator, submission.Unit!, period.SameMonthLastYear, history) : null,
            Median(earlier[..count]),
            figures.Numerator,
            figures.Denominator,
            other => OtherIndicatorFigure(other, submission, values, history));
    }

    private static decimal? OtherIndicatorFigure(
        IndicatorCode other, Submission submission, IReadOnlyList<RevisedValue> values, IReadOnlyDictionary<Period, EffectiveMonth> history)
    {
        foreach (var value in values)
        {
            if (value.Submitted.Indicator.Code == other)
            {
                return RuleChecks.IsUsable(value, submission) ? value.Submitted.Indicator.Kind.MonthValue(value.After) : null;
            }
        }

        return history.GetValueOrDefault(submission.Period!.Value) is { } effective ? MonthFigure(effective[other]) : null;
    }

    // 上月累计 + 本月: the last year-to-date that was accepted is the authority on the months before it.
    private static decimal? SumOfMonths(
        Indicator indicator, Unit unit, Period period, Figures figures, IReadOnlyDictionary<Period, EffectiveMonth> history)
    {
        if (!indicator.Kind.AddsMonths || figures.Value is not { } month)
        {
            return null;
        }

        if (period.Month == 1)
        {
            return month;
        }

        var before = TwelveMonths(indicator, period.Previous, history);
        return (Contribution.YearToDate(indicator, unit, period.Previous, before, default).Ytd ?? 0) + month;
    }

    // After an exempt January, February is two months: March has none to be compared with.
    private static decimal? PreviousMonthFigure(Indicator indicator, Period period, IReadOnlyDictionary<Period, EffectiveMonth> history)
    {
        if (indicator.Kind.KeepsLatest)
        {
            return Enumerable.Range(1, 12).Select(back => MonthFigureIn(indicator, history.GetValueOrDefault(period.AddMonths(-back))))
                .FirstOrDefault(figure => figure is not null);
        }

        var previous = period.Previous;
        return indicator.Kind.AddsMonths && previous.Month == 2 && !indicator.IsDueIn(previous.Previous)
            ? null
            : MonthFigureIn(indicator, history.GetValueOrDefault(previous));
    }

    private static decimal? MonthFigureIn(Indicator indicator, EffectiveMonth? month) =>
        month is null ? null : indicator.Kind.MonthValue(month[indicator.Code]);

    // The indicator is known by its code alone: figures that have parts are a rate's.
    private static decimal? MonthFigure(Figures figures) => figures.Value ?? figures.Ratio;

    private static YearOfFigures TwelveMonths(Indicator indicator, Period through, IReadOnlyDictionary<Period, EffectiveMonth> history)
    {
        YearOfFigures year = default;
        for (var month = 1; month <= through.Month; month++)
        {
            year[month - 1] = history.GetValueOrDefault(new Period(through.Year, month))?[indicator.Code] ?? default;
        }

        return year;
    }

    // On the basis of 上年同期: a flow's year-to-date where nothing due is missing in it, else the month's own figure.
    private static decimal? RecordedFigure(
        Indicator indicator, Unit unit, Period period, IReadOnlyDictionary<Period, EffectiveMonth> history)
    {
        if (!indicator.Kind.AddsMonths)
        {
            return MonthFigureIn(indicator, history.GetValueOrDefault(period));
        }

        var year = TwelveMonths(indicator, period, history);
        return Contribution.YearToDate(indicator, unit, period, year, default) is (var ytd, true) ? ytd : null;
    }

    private static decimal? Median(Span<decimal> values)
    {
        if (values.IsEmpty)
        {
            return null;
        }

        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
