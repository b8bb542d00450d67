using System.Runtime.InteropServices;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Checking;

/// <summary>Applies the catalogue's rules (审核公式) to a submission and the unit's own history.</summary>
public static class RuleChecks
{
    /// <summary>All findings; a question that was answered is <see cref="FindingSeverity.Explained"/>.</summary>
    /// <param name="submission">A submission whose unit and month are known. It may have findings of the form checks.</param>
    /// <param name="values">Its values and their effective ones. A rule applies to the values that would be effective.</param>
    /// <param name="rules">The catalogue's rules.</param>
    /// <param name="history">The unit's effective values by month, from January of the year before to the month itself.</param>
    /// <param name="buffers">The buffers of the decision; null for a single check.</param>
    public static IReadOnlyList<Finding> Check(
        Submission submission, List<RevisedValue> values, IReadOnlyList<CheckRule> rules,
        IReadOnlyDictionary<Period, MonthFigures> history, DecisionBuffers? buffers = null)
    {
        buffers ??= new DecisionBuffers();
        List<Finding>? findings = null;
        SubmissionFigures? all = null;
        foreach (ref readonly var value in CollectionsMarshal.AsSpan(values))
        {
            if (value.EffectiveFields == FigureFields.None || value.After.PresentFields == FigureFields.None
                || !IsUsable(value, submission))
            {
                continue;
            }

            SubmissionFigures? figures = null;
            foreach (var rule in buffers.RulesFor(value.Submitted.Indicator, rules))
            {
                if (!IsApplicable(rule, value.EffectiveFields))
                {
                    continue;
                }

                figures ??= (all ??= buffers.FiguresOf(submission, values, history)).For(value);
                var fires = rule.Condition(figures);
                if (fires == true)
                {
                    (findings ??= []).Add(Finding(rule, value.Submitted.Indicator, figures, submission.Explanations));
                }
                else if (fires is null && rule.DividesByZero(figures))
                {
                    (findings ??= []).Add(
                        BuiltInFindings.RuleDividesByZero(rule, value.Submitted.Indicator, ComparedFigures(rule, figures)));
                }
            }
        }

        return findings ?? [];
    }

    // A rule on unchanged figures was applied when they were reported. Figures that a later submission has set are not checked with this
    // one. A rule that uses no figure of its own indicator compares other indicators and is always applied.
    private static bool IsApplicable(CheckRule rule, FigureFields changedFields) =>
        rule.OwnFields == FigureFields.None || (rule.OwnFields & changedFields) != FigureFields.None;

    // A figure cannot be checked if it could not be read, has another unit of measure, lacks a part, or must not be reported by this unit.
    public static bool IsUsable(in RevisedValue value, Submission submission)
    {
        for (var i = 0; i < submission.Findings.Count; i++)
        {
            var finding = submission.Findings[i];
            if (finding.Indicator == value.Submitted.Indicator.Code.Value && BuiltInFindings.MakesUnusable(finding))
            {
                return false;
            }
        }

        return value.Submitted.IsReadable && value.Missing is null;
    }

    /// <summary>Whether any rule uses last year's year-to-date, which requires one more year of history.</summary>
    public static bool NeedRecordedFigures(IReadOnlyList<CheckRule> rules) => rules.Any(rule => rule.Names.Contains("recorded"));

    private static Finding Finding(CheckRule rule, Indicator indicator, RuleFigures figures, List<Explanation> explanations)
    {
        var answered = explanations.Exists(explanation =>
            explanation.Rule == rule.Id && explanation.Indicator == indicator.Code.Value
            && ExplanationQuality.IsMeaningful(explanation.Text));
        return new Finding
        {
            Rule = rule.Id,
            Version = rule.Version,
            Severity = rule.Severity == Severity.Error
                ? FindingSeverity.Error : answered ? FindingSeverity.Explained : FindingSeverity.Question,
            Indicator = indicator.Code.Value,
            Figures = ComparedFigures(rule, figures),
            MessageZh = $"{indicator.NameZh}：{rule.MessageZh}",
            MessageEn = $"{indicator.NameEn}: {rule.MessageEn}",
            RemedyZh = rule.RemedyZh,
            RemedyEn = rule.RemedyEn,
        };
    }

    private static Dictionary<string, decimal> ComparedFigures(CheckRule rule, RuleFigures figures)
    {
        var compared = new Dictionary<string, decimal>();
        foreach (var name in rule.Names)
        {
            if (FigureNamed(name, figures) is { } figure)
            {
                compared[name] = figure;
            }
        }

        return compared;
    }

    private static decimal? FigureNamed(string name, RuleFigures figures) => name switch
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
        "next" => figures.Next,
        "date" => figures.Date,
        "previous_date" => figures.PreviousDate,
        "next_date" => figures.NextDate,
        _ => IndicatorCode.TryParse(name, out var code) ? figures.OtherIndicator(code) : null,
    };
}
