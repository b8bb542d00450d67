using XilinIngest.Indicators;

namespace XilinIngest.Admin.Broker;

/// <summary>A unit that may speak for itself on the broker.</summary>
/// <param name="Code">The unit's code, which is the user's name.</param>
/// <param name="Level">The unit's level.</param>
/// <param name="Paths">Where it has been in the tree: more than one where it moved.</param>
internal sealed record BrokerOffice(string Code, UnitLevel Level, IReadOnlyList<string> Paths)
{
    /// <summary>In the catalogue's order. Closed units too: they may still correct the months they had.</summary>
    public static IReadOnlyList<BrokerOffice> FromUnits(UnitTree units, IReadOnlySet<UnitLevel> levels) =>
    [
        .. units.All.Where(unit => levels.Contains(unit.Level))
            .Select(unit => new BrokerOffice(unit.Code.Value, unit.Level, [.. unit.Spans.Select(span => units.PathOf(unit, span.From)).Distinct()])),
    ];
}
