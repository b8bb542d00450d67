using System.Runtime.InteropServices;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions.Checking;

/// <summary>The memory that the decisions of a batch use one after the other. For one thread.</summary>
public sealed class DecisionBuffers
{
    private readonly List<RevisedValue> _values = [];
    private readonly SubmissionFigures _figures = new();
    private readonly Dictionary<Indicator, CheckRule[]> _rulesByIndicator = new(ReferenceEqualityComparer.Instance);
    private IReadOnlyList<CheckRule> _rules = [];

    /// <summary>The values of a submission and the effective ones. The list is valid until the next call.</summary>
    internal List<RevisedValue> Revise(
        Submission submission, EffectiveMonth current, OrderKey key, IReadOnlySet<long>? returned, bool isOfHistory)
    {
        _values.Clear();
        foreach (ref readonly var value in CollectionsMarshal.AsSpan(submission.Values))
        {
            _values.Add(RevisedValue.Create(value, current, key, returned, isOfHistory));
        }

        return _values;
    }

    /// <summary>The figures for the rules on a submission. They are valid until the next call.</summary>
    internal SubmissionFigures FiguresOf(
        Submission submission, List<RevisedValue> values, IReadOnlyDictionary<Period, MonthFigures> history)
    {
        _figures.Begin(submission, values, history);
        return _figures;
    }

    /// <summary>The rules that apply to an indicator.</summary>
    internal CheckRule[] RulesFor(Indicator indicator, IReadOnlyList<CheckRule> rules)
    {
        if (_rules != rules)
        {
            _rulesByIndicator.Clear();
            _rules = rules;
        }

        if (!_rulesByIndicator.TryGetValue(indicator, out var applicable))
        {
            _rulesByIndicator[indicator] = applicable = SelectRules(indicator, rules);
        }

        return applicable;
    }

    // A method of its own, because its closure would otherwise be allocated for every value.
    private static CheckRule[] SelectRules(Indicator indicator, IReadOnlyList<CheckRule> rules) =>
        [.. rules.Where(rule => rule.AppliesTo(indicator))];
}
