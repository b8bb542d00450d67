using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Rankings;

/// <summary>A unit's place in two versions of a ranking; null: it is not in one of them.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Then">In the older one.</param>
/// <param name="Now">In the newer one.</param>
public sealed record RankChange(string Unit, RankedUnit? Then, RankedUnit? Now)
{
    /// <summary>Whether its rank or what it is ranked by differs.</summary>
    public bool IsChange => Then?.Rank != Now?.Rank || Then?.Value != Now?.Value || Then?.Comparison?.Words != Now?.Comparison?.Words;
}

/// <summary>What differs between two versions.</summary>
internal static class RankingChanges
{
    /// <summary>All units of both, in the order of the newer one, then of the older one.</summary>
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
