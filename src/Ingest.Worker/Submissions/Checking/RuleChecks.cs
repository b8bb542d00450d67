using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Submissions.Checking;

/// <summary>The catalogue's rules (审核公式) asked of a submission against the unit's own history.</summary>
internal static class RuleChecks
{
    /// <summary>All findings; a question that was answered is <see cref="Severities.Explained"/>.</summary>
    /// <param name="submission">A submission whose unit and month are known; what the form checks found may stand beside it.</param>
    /// <param name="rules">The catalogue's rules.</param>
    /// <param name="history">What stands of the unit, by month: from January of the year before to the month itself.</param>
    public static IEnumerable<Finding> Check(Submission submission, IReadOnlyList<CheckRule> rules, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        var period = submission.Period!.Value;
        var askRecorded = AskRecorded(rules);
        var past = new StandingMonth?[12];
        for (var back = 1; back <= 12; back++)
        {
            past[back - 1] = history.GetValueOrDefault(period.AddMonths(-back));
        }

        foreach (var value in submission.Values)
        {
            if (value.Withdrawn || !IsUsable(value, submission))
            {
                continue;
            }

            RuleFigures? figures = null;
            foreach (var rule in rules)
            {
                if (!rule.AppliesTo(value.Indicator))
                {
                    continue;
                }

                figures ??= FiguresOf(value, submission, period, past, history, askRecorded);
                if (rule.Condition(figures) == true)
                {
                    yield return Finding(rule, value.Indicator, figures, submission.Explanations);
                }
            }
        }
    }

    // A figure that could not be read, is counted in another unit of measure or is not this unit's to report says nothing yet.
    private static bool IsUsable(SubmittedValue value, Submission submission)
    {
        foreach (var finding in submission.Findings)
        {
            if (finding.Indicator == value.Indicator.Code.Value && BuiltIn.MakesUnusable(finding))
            {
                return false;
            }
        }

        return value.IsReadable;
    }

    /// <summary>Whether any rule asks for last year's year-to-date: it takes a year more of history.</summary>
    public static bool AskRecorded(IReadOnlyList<CheckRule> rules) => rules.Any(rule => rule.Names.Contains("recorded"));

    private static RuleFigures FiguresOf(
        SubmittedValue value, Submission submission, Period period, StandingMonth?[] past, IReadOnlyDictionary<Period, StandingMonth> history, bool askRecorded)
    {
        var code = value.Indicator.Code;
        Span<decimal> earlier = stackalloc decimal[12];
        var count = 0;
        decimal sum = value.Figures.Value ?? 0;
        for (var back = 1; back <= 12; back++)
        {
            if (past[back - 1]?[code].Value is { } earlierValue)
            {
                earlier[count++] = earlierValue;
                sum += back < period.Month ? earlierValue : 0;
            }
        }

        return new RuleFigures(
            value.Figures.Value,
            value.Figures.YearToDate,
            value.Figures.Value is null ? null : sum,
            past[0]?[code].Value,
            value.Figures.LastYear,
            askRecorded ? RecordedOf(value.Indicator, submission.Unit!, period.SameMonthLastYear, history) : null,
            Median(earlier[..count]),
            value.Figures.Numerator,
            value.Figures.Denominator,
            other => submission.Values.FindIndex(sent => sent.Indicator.Code == other) is >= 0 and var at
                ? IsUsable(submission.Values[at], submission) ? submission.Values[at].Figures.Value : null
                : history.GetValueOrDefault(period)?[other].Value);
    }

    // On the basis of 上年同期: a flow's year-to-date where nothing due is missing in it, else the month's own figure.
    private static decimal? RecordedOf(Indicator indicator, Unit unit, Period period, IReadOnlyDictionary<Period, StandingMonth> history)
    {
        if (indicator.Kind != IndicatorKind.Flow)
        {
            return history.GetValueOrDefault(period)?[indicator.Code].Value;
        }

        TwelveFigures year = default;
        for (var month = 1; month <= period.Month; month++)
        {
            year[month - 1] = history.GetValueOrDefault(new Period(period.Year, month))?[indicator.Code] ?? default;
        }

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

    private static Finding Finding(CheckRule rule, Indicator indicator, RuleFigures figures, List<Explanation> explanations)
    {
        var answered = explanations.Exists(explanation =>
            explanation.Rule == rule.Id && explanation.Indicator == indicator.Code.Value && Explanations.SaysSomething(explanation.Text));
        return new Finding
        {
            Rule = rule.Id,
            Version = rule.Version,
            Severity = rule.Severity == Severity.Error ? Severities.Error : answered ? Severities.Explained : Severities.Question,
            Indicator = indicator.Code.Value,
            Figures = Compared(rule, figures),
            MessageZh = $"{indicator.NameZh}:{rule.MessageZh}",
            MessageEn = $"{indicator.NameEn}: {rule.MessageEn}",
            RemedyZh = rule.RemedyZh,
            RemedyEn = rule.RemedyEn,
        };
    }

    private static Dictionary<string, decimal> Compared(CheckRule rule, RuleFigures figures)
    {
        var compared = new Dictionary<string, decimal>();
        foreach (var name in rule.Names)
        {
            if (Named(name, figures) is { } figure)
            {
                compared[name] = figure;
            }
        }

        return compared;
    }

    private static decimal? Named(string name, RuleFigures figures) => name switch
    {
        "month" => figures.Month,
        "ytd" => figures.Ytd,
        "months_sum" => figures.MonthsSum,
        "previous" => figures.Previous,
        "last_year" => figures.LastYear,
        "recorded" => figures.Recorded,
        "typical" => figures.Typical,
        "numerator" => figures.Numerator,
        "denominator" => figures.Denominator,
        _ => IndicatorCode.TryParse(name, out var code) ? figures.Other(code) : null,
    };
}
