using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Rankings;

/// <summary>A unit's place in two versions of a ranking; null: the unit is not in that version.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Then">The place in the older version.</param>
/// <param name="Now">The place in the newer version.</param>
public sealed record RankChange(string Unit, RankedUnit? Then, RankedUnit? Now)
{
    /// <summary>Whether the rank or the figure differs.</summary>
    public bool IsChange => Then?.Rank != Now?.Rank || Then?.Value != Now?.Value || Then?.Comparison?.Words != Now?.Comparison?.Words;
}

/// <summary>Compares two versions of a ranking.</summary>
internal static class RankingChanges
{
    /// <summary>All units of both versions, in the order of the newer one, then of the older one.</summary>
    public static IReadOnlyList<RankChange> Between(RankingPublished then, RankingPublished now)
    {
        var before = then.Units.ToDictionary(unit => unit.Unit, StringComparer.Ordinal);
        var after = now.Units.Select(unit => unit.Unit).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. now.Units.Select(unit => new RankChange(unit.Unit, before.GetValueOrDefault(unit.Unit), unit)),
            .. then.Units.Where(unit => !after.Contains(unit.Unit)).Select(unit => new RankChange(unit.Unit, unit, null)),
        ];
    }
}
