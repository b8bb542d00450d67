using System.Globalization;

namespace XilinIngest.Dashboard.Map;

/// <summary>A unit as it is drawn.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Path">The outline, as an SVG path.</param>
/// <param name="LabelX">Where its name stands.</param>
/// <param name="LabelY">Where its name stands.</param>
/// <param name="Room">The width that the name has.</param>
public sealed record DrawnUnit(string Unit, string Path, decimal LabelX, decimal LabelY, decimal Room);

/// <summary>
/// The units side by side in a drawing of <see cref="Width"/> by <see cref="Height"/>: by their outlines; where a unit has none, each as a
/// tile of the same size in catalogue order.
/// </summary>
/// <param name="Units">The units.</param>
/// <param name="Height">The height of the drawing.</param>
public sealed record MapDrawing(IReadOnlyList<DrawnUnit> Units, decimal Height)
{
    public const decimal Width = 1000;

    private const decimal MostHeight = 800;
    private const decimal Margin = 10;
    private const decimal TileHeight = 150;

    internal static MapDrawing Of(IReadOnlyList<CatalogueUnit> units, IReadOnlyList<UnitShape> shapes) =>
        units.Count > 0 && units.All(unit => shapes.Any(shape => shape.Unit == unit.Code))
            ? ByOutlines([.. shapes.Where(shape => units.Any(unit => unit.Code == shape.Unit))]) : ByTiles(units);

    private static MapDrawing ByTiles(IReadOnlyList<CatalogueUnit> units)
    {
        var columns = Math.Max(1, (int)Math.Ceiling(Math.Sqrt(units.Count)));
        var width = Width / columns;
        return new(
            [
                .. units.Select((unit, at) =>
                {
                    var (left, top) = (at % columns * width, at / columns * TileHeight);
                    var path = $"M{Text(left + 4)} {Text(top + 4)}H{Text(left + width - 4)}V{Text(top + TileHeight - 4)}H{Text(left + 4)}Z";
                    return new DrawnUnit(unit.Code, path, left + (width / 2), top + (TileHeight / 2), width - 20);
                }),
            ],
            Math.Max(1, (units.Count + columns - 1) / columns) * TileHeight);
    }

    private static MapDrawing ByOutlines(List<UnitShape> shapes)
    {
        var points = shapes.SelectMany(shape => shape.Rings).SelectMany(ring => ring).ToList();
        var (left, right) = (points.Min(point => point[0]), points.Max(point => point[0]));
        var (bottom, top) = (points.Min(point => point[1]), points.Max(point => point[1]));

        // A degree east is shorter than a degree north, by the cosine of the latitude. Other coordinates are those of a plane.
        var isDegrees = left >= -180 && right <= 180 && bottom >= -90 && top <= 90;
        var narrowing = isDegrees ? (decimal)Math.Cos((double)(bottom + top) / 2 * Math.PI / 180) : 1;
        var (wide, high) = (Math.Max((right - left) * narrowing, 0.000001m), Math.Max(top - bottom, 0.000001m));
        var scale = Math.Min((Width - (2 * Margin)) / wide, (MostHeight - (2 * Margin)) / high);
        var indent = (Width - (wide * scale)) / 2;
        return new(
            [.. shapes.Select(shape => Draw(shape, Place))], (high * scale) + (2 * Margin));

        (decimal X, decimal Y) Place(IReadOnlyList<decimal> point) =>
            (indent + ((point[0] - left) * narrowing * scale), Margin + ((top - point[1]) * scale));
    }

    private static DrawnUnit Draw(UnitShape shape, Func<IReadOnlyList<decimal>, (decimal X, decimal Y)> place)
    {
        var rings = shape.Rings.Select(ring => ring.Select(place).ToList()).ToList();
        var path = string.Concat(rings.Select(ring => $"M{string.Join('L', ring.Select(point => $"{Text(point.X)} {Text(point.Y)}"))}Z"));
        var largest = rings.MaxBy(ring => Math.Abs(AreaAndCentre(ring).Area))!;
        var (_, x, y) = AreaAndCentre(largest);
        return new(shape.Unit, path, x, y, largest.Max(point => point.X) - largest.Min(point => point.X));
    }

    // The signed area of a ring and its centre of gravity; of a ring without an area, its first point.
    private static (decimal Area, decimal X, decimal Y) AreaAndCentre(List<(decimal X, decimal Y)> ring)
    {
        var (area, x, y) = (0m, 0m, 0m);
        for (var i = 0; i < ring.Count; i++)
        {
            var (from, to) = (ring[i], ring[(i + 1) % ring.Count]);
            var cross = (from.X * to.Y) - (to.X * from.Y);
            (area, x, y) = (area + (cross / 2), x + ((from.X + to.X) * cross), y + ((from.Y + to.Y) * cross));
        }

        return Math.Abs(area) < 0.01m ? (0, ring[0].X, ring[0].Y) : (area, x / (6 * area), y / (6 * area));
    }

    private static string Text(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
