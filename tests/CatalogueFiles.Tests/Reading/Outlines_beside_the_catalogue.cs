using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles.Maps;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

public sealed class Outlines_beside_the_catalogue : IDisposable
{
    private const string Square = "[[119.9,31.7],[120,31.7],[120,31.8],[119.9,31.8],[119.9,31.7]]";

    private readonly ReloadedCatalogue _catalogue = new();
    private readonly OutlineSource _outlines;

    public Outlines_beside_the_catalogue() => _outlines = new(_catalogue.Source, NullLogger<OutlineSource>.Instance);

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public void Are_none_where_there_is_no_file_and_follow_it_when_it_is_edited()
    {
        Assert.Empty(_outlines.Current);
        Assert.Empty(_outlines.Faults);
        Write(Feature("320404007201", $"[{Square}]"));
        var outline = Assert.Single(_outlines.Current);
        Assert.Equal("320404007201", outline.Unit.Value);
        Assert.Equal(new MapPoint(120m, 31.7m), outline.Rings[0][1]);
        Write(Feature("320404007201", $"[[{Square}],[{Square}]]", "MultiPolygon"), Feature("320404007000", $"[{Square}]"));
        Assert.Equal([2, 1], _outlines.Current.Select(each => each.Rings.Count));
        Assert.Empty(_outlines.Faults);
    }

    [Theory]
    [InlineData("{", "it cannot be read")]
    [InlineData("[]", "no FeatureCollection")]
    [InlineData("""{"features": 7}""", "no FeatureCollection")]
    [InlineData("""{"features": [7]}""", "no unit of the catalogue")]
    [InlineData("""{"features": [{"properties": {"unit": "1"}}]}""", "no unit of the catalogue")]
    [InlineData("""{"features": [{"properties": {"unit": "320404007201"}, "geometry": null}]}""", "is no polygon")]
    [InlineData("""{"features": [{"properties": {"unit": "320404007201"}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}""",
        "is no polygon")]
    [InlineData("""{"features": [{"properties": {"unit": "320404007201"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2]]]}}]}""",
        "is no polygon")]
    [InlineData(
        """
        {"features": [{"properties": {"unit": "320404007201"}, "geometry":
            {"type": "Polygon", "coordinates": [[[1,2],[1,"x"],[1,3],[1,2]]]}}]}
        """,
        "is no polygon")]
    public void Are_left_out_where_they_are_none_and_what_is_wrong_is_told(string text, string problem)
    {
        _catalogue.Folder.Write(OutlineFile.Name, text);
        Assert.Empty(_outlines.Current);
        Assert.Contains(problem, Assert.Single(_outlines.Faults).MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Are_bounded_in_depth_points_and_bytes()
    {
        Write(Feature("320404007201", new string('[', 40) + new string(']', 40)));
        Assert.Contains("cannot be read", Assert.Single(_outlines.Faults).MessageEn, StringComparison.Ordinal);

        var ring = string.Join(',', Enumerable.Range(0, 20_001).Select(point => $"[{point},1]"));
        Write(Feature("320404007201", $"[{Square}]"), Feature("320404007000", $"[[{ring}]]"));
        Assert.Contains("more than 20000 points", Assert.Single(_outlines.Faults).MessageEn, StringComparison.Ordinal);

        Write(new string(' ', 4_000_001));
        Assert.Contains("more than 4 MB", Assert.Single(_outlines.Faults).MessageEn, StringComparison.Ordinal);
        Assert.Empty(_outlines.Current);
    }

    [Fact]
    public void Have_one_feature_a_unit()
    {
        Write(Feature("320404007201", $"[{Square}]"), Feature("320404007201", $"[{Square}]"));
        Assert.Single(_outlines.Current);
        Assert.Contains("has two features", Assert.Single(_outlines.Faults).MessageEn, StringComparison.Ordinal);
    }

    private static string Feature(string unit, string coordinates, string type = "Polygon") =>
        $$"""{"type":"Feature","properties":{"unit":"{{unit}}"},"geometry":{"type":"{{type}}","coordinates":{{coordinates}} } }""";

    private void Write(params string[] features) =>
        _catalogue.Folder.Write(
            OutlineFile.Name, """{"type":"FeatureCollection","features":[""" + string.Join(',', features) + "]}");
}
