using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>The tree of units over time: a unit has a parent <em>in a period</em>. Immutable; any thread may read it.</summary>
public sealed class UnitTree
{
    private readonly Dictionary<UnitCode, Unit> _byCode;
    private readonly Dictionary<string, Unit> _byText;
    private readonly Dictionary<UnitCode, List<Unit>> _childrenByParent = [];

    /// <param name="units">Checked units, where <see cref="Unit.Index"/> is the position in the list.</param>
    public UnitTree(IReadOnlyList<Unit> units)
    {
        All = units;
        _byCode = units.ToDictionary(unit => unit.Code);
        _byText = units.ToDictionary(unit => unit.Code.Value, StringComparer.Ordinal);
        foreach (var unit in units)
        {
            foreach (var parent in unit.Spans.Select(span => span.Parent).OfType<UnitCode>().Distinct())
            {
                if (!_childrenByParent.TryGetValue(parent, out var list))
                {
                    _childrenByParent[parent] = list = [];
                }

                list.Add(unit);
            }
        }
    }

    public IReadOnlyList<Unit> All { get; }

    /// <summary>The unit above all others; null: the tree is empty.</summary>
    public Unit? Topmost => All.FirstOrDefault(unit => unit.Spans.Any(span => span.Parent is null));

    public bool TryFind(UnitCode code, [NotNullWhen(true)] out Unit? unit) => _byCode.TryGetValue(code, out unit);

    /// <summary>Finds a unit by the text of its code. Any other text is not found.</summary>
    public bool TryFind(string? code, [NotNullWhen(true)] out Unit? unit)
    {
        unit = code is null ? null : _byText.GetValueOrDefault(code);
        return unit is not null;
    }

    public Unit this[UnitCode code] => _byCode[code];

    public Unit? ParentOf(Unit unit, Period period) =>
        unit.SpanIn(period)?.Parent is { } parent ? _byCode[parent] : null;

    /// <summary>
    /// The span that determines which parent a unit's figures belong to in a period. It is the span of the period itself, or the last span
    /// of a unit that has ended. Last year's figure of a closed firm therefore stays in its parent's base.
    /// </summary>
    public static UnitSpan? EffectiveSpanIn(Unit unit, Period period)
    {
        var span = unit.SpanIn(period);
        return span ?? unit.Spans.LastOrDefault(s => s.To < period);
    }

    /// <summary>The unit's ancestors in a period, nearest first; see <see cref="EffectiveSpanIn"/> for a unit that has ended.</summary>
    public IEnumerable<Unit> AncestorsOf(Unit unit, Period period)
    {
        var span = EffectiveSpanIn(unit, period);
        while (span?.Parent is { } code)
        {
            var parent = _byCode[code];
            yield return parent;
            span = EffectiveSpanIn(parent, period);
        }
    }

    /// <summary>The codes of a unit and of its ancestors in a period. A caller with a right on one of them has it on the unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="period">The period; null if it is unknown, and the result is the unit alone.</param>
    public IEnumerable<string> SelfAndAncestorCodes(Unit unit, Period? period) =>
        (period is { } month ? AncestorsOf(unit, month).Prepend(unit) : [unit]).Select(each => each.Code.Value);

    /// <summary>The children that exist in the period, in catalogue order.</summary>
    public IEnumerable<Unit> ChildrenOf(Unit parent, Period period)
    {
        foreach (var unit in _childrenByParent.GetValueOrDefault(parent.Code) ?? [])
        {
            if (unit.SpanIn(period)?.Parent == parent.Code)
            {
                yield return unit;
            }
        }
    }

    /// <summary>Whether the unit has ever had units under it.</summary>
    public bool HasChildren(Unit unit) => _childrenByParent.ContainsKey(unit.Code);

    /// <summary>
    /// Whether the unit exists in the period and is one of those that report the indicator (whether or not it is due that month).
    /// </summary>
    public static bool Reports(Unit unit, Indicator indicator, Period period)
    {
        return unit.SpanIn(period) is { } span && Reports(unit, span, indicator);
    }

    /// <summary>Whether the unit is, in a span of its own, one of those that report the indicator.</summary>
    public static bool Reports(Unit unit, UnitSpan span, Indicator indicator)
    {
        var isLevel = unit.Level == indicator.ReportedBy || (unit.ReportsWhole && unit.Level < indicator.ReportedBy);
        return isLevel && (unit.ReportsWhole || indicator.Register is null || span.Registers.Contains(indicator.Register));
    }

    /// <summary>The level of the units below one that report an indicator in a period; null: there are none, or several levels.</summary>
    public UnitLevel? LevelReportingBelow(Unit unit, Indicator indicator, Period period)
    {
        var levels = ReportingBelow(unit, indicator, period).Select(each => each.Level).Distinct().Take(2).ToList();
        return levels is [var level] ? level : null;
    }

    private IEnumerable<Unit> ReportingBelow(Unit unit, Indicator indicator, Period period) =>
        ChildrenOf(unit, period).SelectMany(child =>
            Reports(child, indicator, period) ? [child] : ReportingBelow(child, indicator, period));

    /// <summary>Whether the unit reports the indicator in every month from this one on, without an end.</summary>
    public static bool ReportsFrom(Unit unit, Indicator indicator, Period period) =>
        unit.Spans is [{ To: null } span] && span.From <= period && Reports(unit, span, indicator);

    /// <summary>The division path used as a routing key, from the root down: <c>32.04.04.007.201</c>, an enterprise's code last.</summary>
    public string PathOf(Unit unit, Period period)
    {
        if (!unit.Code.IsEnterprise)
        {
            return DivisionPath(unit.Code.Value);
        }

        var parent = AncestorsOf(unit, period).FirstOrDefault();
        return parent is null ? unit.Code.Value : $"{DivisionPath(parent.Code.Value)}.{unit.Code.Value}";
    }

    private static string DivisionPath(string code)
    {
        string[] parts = [code[..2], code[2..4], code[4..6], code[6..9], code[9..]];
        return string.Join('.', parts.Take(Array.FindLastIndex(parts, part => part.Any(c => c != '0')) + 1));
    }
}
