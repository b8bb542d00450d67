using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Senders;

/// <summary>
/// The right to submit: a holder of units may submit for each of them, and for every unit below it in the reported month.
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
    /// <param name="unit">The unit reported; null if it is not in the catalogue, so that no sender may submit for it.</param>
    /// <param name="period">The month reported; null if it is malformed, so that only the unit itself counts.</param>
    /// <param name="tree">The tree of units.</param>
    public static bool Covers(IReadOnlyList<string> units, Unit? unit, Period? period, UnitTree tree) =>
        unit is not null && Covers(units, tree.SelfAndAncestorCodes(unit, period));
}
