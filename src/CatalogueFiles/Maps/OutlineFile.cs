using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Maps;

/// <summary>
/// Reads <c>map.geojson</c> (RFC 7946): features with polygons, each with the code of its unit in the property <c>unit</c>. A feature with
/// a fault is left out. The file is bounded, because every reader of a map receives it.
/// </summary>
internal static class OutlineFile
{
    public const string Name = "map.geojson";

    private const int MostBytes = 4_000_000;
    private const int MostPoints = 20_000;
    private const decimal MostCoordinate = 1_000_000_000m;

    private static readonly Bilingual SimplifyRemedy = new("请简化边界后重试", "simplify the outlines");

    public static IReadOnlyList<UnitOutline> Read(string folder, UnitTree units, List<CatalogueFault> faults)
    {
        var file = new FileInfo(Path.Combine(folder, Name));
        if (!file.Exists)
        {
            return [];
        }

        if (file.Length > MostBytes)
        {
            var most = MostBytes / 1_000_000;
            faults.Add(FaultOf(new($"文件超过 {most} MB", $"the file has more than {most} MB"), SimplifyRemedy));
            return [];
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file.FullName), new() { MaxDepth = 16 });
            return ReadFeatures(document.RootElement, units, faults);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            faults.Add(FaultOf(new($"无法读取：{exception.Message}", $"it cannot be read: {exception.Message}"),
                new("请提供 GeoJSON 文件（RFC 7946，UTF-8）", "provide a GeoJSON file (RFC 7946, UTF-8)")));
            return [];
        }
    }

    private static List<UnitOutline> ReadFeatures(JsonElement root, UnitTree units, List<CatalogueFault> faults)
    {
        var outlines = new List<UnitOutline>();
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("features", out var features)
            || features.ValueKind != JsonValueKind.Array)
        {
            faults.Add(FaultOf(new("不是 FeatureCollection", "it is no FeatureCollection"),
                new("请导出为 FeatureCollection", "export it as a FeatureCollection")));
            return outlines;
        }

        var (number, points) = (0, 0);
        foreach (var feature in features.EnumerateArray())
        {
            number++;
            if (UnitOf(feature) is not { } code || !units.TryFind(code, out var unit))
            {
                faults.Add(FaultOf(
                    new($"第 {number} 个要素的属性 unit 不是单位代码", $"feature {number}: its property unit is no unit of the catalogue"),
                    new("请填写 units.csv 中的代码", "write a code of units.csv")));
            }
            else if (outlines.Exists(outline => outline.Unit == unit.Code))
            {
                faults.Add(FaultOf(new($"单位 {unit.Code} 有两个要素", $"unit {unit.Code} has two features"),
                    new("请合并为一个 MultiPolygon", "merge them into one MultiPolygon")));
            }
            else if (RingsOf(feature) is not { Count: > 0 } rings)
            {
                faults.Add(FaultOf(new($"第 {number} 个要素（{unit.Code}）不是多边形", $"feature {number} ({unit.Code}) is no polygon"),
                    new("请使用 Polygon 或 MultiPolygon，每圈至少四个点", "use Polygon or MultiPolygon, with four points a ring at least")));
            }
            else if ((points += rings.Sum(ring => ring.Count)) > MostPoints)
            {
                faults.Add(FaultOf(new($"边界超过 {MostPoints} 个点", $"the outlines have more than {MostPoints} points"), SimplifyRemedy));
                return outlines;
            }
            else
            {
                outlines.Add(new(unit.Code, rings));
            }
        }

        return outlines;
    }

    private static string? UnitOf(JsonElement feature) =>
        feature.ValueKind == JsonValueKind.Object && feature.TryGetProperty("properties", out var properties)
            && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("unit", out var unit)
            && unit.ValueKind == JsonValueKind.String ? unit.GetString() : null;

    // Null: not the geometry that a unit has.
    private static List<IReadOnlyList<MapPoint>>? RingsOf(JsonElement feature)
    {
        if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object
            || !geometry.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String
            || !geometry.TryGetProperty("coordinates", out var coordinates) || coordinates.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var polygons = type.GetString() switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray().ToList(),
            _ => new List<JsonElement>(),
        };
        var rings = polygons.Where(polygon => polygon.ValueKind == JsonValueKind.Array)
            .SelectMany(polygon => polygon.EnumerateArray()).Select(RingOf).ToList();
        return rings.Contains(null) ? null : rings.ConvertAll(ring => ring!);
    }

    private static IReadOnlyList<MapPoint>? RingOf(JsonElement ring)
    {
        if (ring.ValueKind != JsonValueKind.Array || ring.GetArrayLength() < 4)
        {
            return null;
        }

        var points = new List<MapPoint>(ring.GetArrayLength());
        foreach (var point in ring.EnumerateArray())
        {
            if (point.ValueKind != JsonValueKind.Array || point.GetArrayLength() < 2 || Coordinate(point[0]) is not { } x
                || Coordinate(point[1]) is not { } y)
            {
                return null;
            }

            points.Add(new(x, y));
        }

        return points;
    }

    private static decimal? Coordinate(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) <= MostCoordinate
            ? number : null;

    private static CatalogueFault FaultOf(Bilingual problem, Bilingual remedy) => new(Name, null, null, problem, remedy);
}
