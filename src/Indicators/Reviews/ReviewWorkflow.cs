namespace XilinIngest.Indicators;

/// <summary>Whether the reports of a kind of unit are reviewed (审核), and by whom: a row of <c>workflow.csv</c>.</summary>
/// <param name="Kind">The kind of the units that report.</param>
/// <param name="Subtree">The unit at and below which the row applies; null: all units of the kind.</param>
/// <param name="IsReviewed">Whether the reports are reviewed.</param>
/// <param name="By">The unit that reviews; null: the unit above the one that reports.</param>
/// <param name="From">The first month whose reports are reviewed; null: every month.</param>
public sealed record ReviewRule(UnitKind Kind, UnitCode? Subtree, bool IsReviewed, UnitCode? By, Period? From);

/// <summary>Which reports are reviewed, and by whom. Immutable; any thread may read it.</summary>
public sealed class ReviewWorkflow(IReadOnlyList<ReviewRule> rules)
{
    /// <summary>No report is reviewed.</summary>
    public static readonly ReviewWorkflow None = new([]);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<ReviewRule> Rules => rules;

    public bool IsEmpty => rules.Count == 0;

    /// <summary>The unit that reviews the reports of a unit for a month; null: they are not reviewed.</summary>
    /// <param name="unit">The unit that reports.</param>
    /// <param name="period">The month, which decides what the unit is below of.</param>
    /// <param name="tree">The tree of units.</param>
    public Unit? ReviewerOf(Unit unit, Period period, UnitTree tree)
    {
        if (RuleOf(unit, period, tree) is not { IsReviewed: true } rule || rule.From > period)
        {
            return null;
        }

        return rule.By is { } by ? tree[by] : tree.ParentOf(unit, period);
    }

    // The row of the nearest subtree applies, then the row of all units.
    private ReviewRule? RuleOf(Unit unit, Period period, UnitTree tree)
    {
        ReviewRule? general = null;
        List<ReviewRule>? ofSubtrees = null;
        foreach (var rule in rules)
        {
            if (rule.Kind != unit.Kind)
            {
                continue;
            }

            if (rule.Subtree is null)
            {
                general = rule;
            }
            else
            {
                (ofSubtrees ??= []).Add(rule);
            }
        }

        return ofSubtrees is null
            ? general
            : tree.AncestorsOf(unit, period).Prepend(unit)
                .Select(above => ofSubtrees.Find(rule => rule.Subtree == above.Code)).FirstOrDefault(rule => rule is not null) ?? general;
    }
}
