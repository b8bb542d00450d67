namespace XilinIngest.Contracts.Responses;

/// <summary>The outline of a unit on a map, from the file <c>map.geojson</c> beside the catalogue.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Rings">
/// Closed lines of points; a line within another one is a hole. A point is a pair of numbers: degrees east and north (WGS 84) where the
/// file keeps to RFC 7946, otherwise any plane coordinates with north up. At most 20,000 points in all units together.
/// </param>
public sealed record UnitShape(string Unit, IReadOnlyList<IReadOnlyList<IReadOnlyList<decimal>>> Rings);
