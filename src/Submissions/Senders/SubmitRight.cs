using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Senders;

/// <summary>
/// Who may submit for whom: a holder of units submits for each of them, and for every unit below it in the month reported.
/// </summary>
public static class SubmitRight
{
    /// <summary>Whether a holder of units may submit for a unit.</summary>
    /// <param name="units">The codes of the holder's units.</param>
    /// <param name="unitAndAbove">The code of the unit reported and of each unit above it in the month reported.</param>
    public static bool Covers(IReadOnlyList<string> units, IEnumerable<string> unitAndAbove) =>
        unitAndAbove.Any(code => units.Contains(code, StringComparer.Ordinal));

    /// <summary>Whether a holder of units may submit for a unit of the catalogue.</summary>
    /// <param name="units">The codes of the holder's units.</param>
    /// <param name="unit">The unit reported; null: the catalogue does not know it, and no one may submit for it.</param>
    /// <param name="period">The month reported; null: it is malformed, and only the unit itself counts.</param>
    /// <param name="tree">The tree of units.</param>
    public static bool Covers(IReadOnlyList<string> units, Unit? unit, Period? period, UnitTree tree) =>
        unit is not null && Covers(units, tree.SelfAndAncestorCodes(unit, period));
}
