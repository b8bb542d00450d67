using XilinIngest.Indicators;

namespace XilinIngest.Admin.Broker;

/// <summary>A unit with a user of its own on the broker.</summary>
/// <param name="Code">The unit's code, which is the user's name.</param>
/// <param name="Level">The unit's level.</param>
/// <param name="Paths">The unit's paths in the tree; several if it moved.</param>
internal sealed record BrokerOffice(string Code, UnitLevel Level, IReadOnlyList<string> Paths)
{
    /// <summary>The offices in the catalogue's order. Closed units are included, because they may correct earlier months.</summary>
    public static IReadOnlyList<BrokerOffice> FromUnits(UnitTree units, IReadOnlySet<UnitLevel> levels) =>
    [
        .. units.All.Where(unit => levels.Contains(unit.Level))
            .Select(unit =>
                new BrokerOffice(unit.Code.Value, unit.Level, [.. unit.Spans.Select(span => units.PathOf(unit, span.From)).Distinct()])),
    ];
}
