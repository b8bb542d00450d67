using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Submissions.Checking;

/// <summary>The figures that a rule may speak of, by the kind of the indicator: from the submission, and from what stands of the unit.</summary>
internal static class RuleFiguresReader
{
    public static RuleFigures Read(
        RevisedValue value, Submission submission, IReadOnlyList<RevisedValue> values, IReadOnlyDictionary<Period, StandingMonth> history, bool askRecorded)
    {
        var (indicator, period, figures) = (value.Sent.Indicator, submission.Period!.Value, value.After);
        Span<decimal> earlier = stackalloc decimal[12];
        var count = 0;
        for (var back = 1; back <= 12; back++)
        {
            if (MonthIn(indicator, history.GetValueOrDefault(period.AddMonths(-back))) is { } earlierValue)
            {
                earlier[count++] = earlierValue;
            }
        }

        return new RuleFigures(
            MonthOf(indicator, figures),
            figures.YearToDate,
            MonthsSum(indicator, submission.Unit!, period, figures, history),
            Previous(indicator, period, history),
            figures.LastYear,
            askRecorded ? RecordedOf(indicator, submission.Unit!, period.SameMonthLastYear, history) : null,
            Median(earlier[..count]),
            figures.Numerator,
            figures.Denominator,
            other => OtherOf(other, submission, values, history));
    }

    private static decimal? OtherOf(
        IndicatorCode other, Submission submission, IReadOnlyList<RevisedValue> values, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        foreach (var value in values)
        {
            if (value.Sent.Indicator.Code == other)
            {
                return RuleChecks.IsUsable(value, submission) ? MonthOf(value.Sent.Indicator, value.After) : null;
            }
        }

        return history.GetValueOrDefault(submission.Period!.Value) is { } standing ? MonthOf(standing[other]) : null;
    }

    // 上月累计 + 本月: the last year-to-date that was accepted is the authority on the months before it.
    private static decimal? MonthsSum(Indicator indicator, Unit unit, Period period, Figures figures, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        if (indicator.Kind != IndicatorKind.Flow || figures.Value is not { } month)
        {
            return null;
        }

        if (period.Month == 1)
        {
            return month;
        }

        var before = YearOf(indicator, period.Previous, history);
        return (Contribution.YearToDate(indicator, unit, period.Previous, before, default).Ytd ?? 0) + month;
    }

    // After an exempt January, February is two months: March has none to be compared with.
    private static decimal? Previous(Indicator indicator, Period period, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        var previous = period.Previous;
        return indicator.Kind == IndicatorKind.Flow && previous.Month == 2 && !indicator.IsDueIn(previous.Previous)
            ? null
            : MonthIn(indicator, history.GetValueOrDefault(previous));
    }

    private static decimal? MonthIn(Indicator indicator, StandingMonth? month) => month is null ? null : MonthOf(indicator, month[indicator.Code]);

    private static decimal? MonthOf(Indicator indicator, Figures figures) =>
        indicator.Kind == IndicatorKind.Rate && figures.Value is null ? RateOf(figures) : figures.Value;

    // Of an indicator that is known by its code alone: what has parts is a rate.
    private static decimal? MonthOf(Figures figures) => figures.Value ?? RateOf(figures);

    private static decimal? RateOf(Figures figures) =>
        figures is { Numerator: { } numerator, Denominator: > 0 and var denominator } ? numerator * 100 / denominator : null;

    private static TwelveFigures YearOf(Indicator indicator, Period through, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        TwelveFigures year = default;
        for (var month = 1; month <= through.Month; month++)
        {
            year[month - 1] = history.GetValueOrDefault(new Period(through.Year, month))?[indicator.Code] ?? default;
        }

        return year;
    }

    // On the basis of 上年同期: a flow's year-to-date where nothing due is missing in it, else the month's own figure.
    private static decimal? RecordedOf(Indicator indicator, Unit unit, Period period, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        if (indicator.Kind != IndicatorKind.Flow)
        {
            return MonthIn(indicator, history.GetValueOrDefault(period));
        }

        var year = YearOf(indicator, period, history);
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
