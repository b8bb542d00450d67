using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Maps;

/// <summary>The outline of a unit on a map.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Rings">Closed lines; a line within another one is a hole.</param>
public sealed record UnitOutline(UnitCode Unit, IReadOnlyList<IReadOnlyList<MapPoint>> Rings);

/// <summary>A point of a map: degrees east and north, or any other plane coordinates with north up.</summary>
/// <param name="X">East.</param>
/// <param name="Y">North.</param>
public readonly record struct MapPoint(decimal X, decimal Y);
