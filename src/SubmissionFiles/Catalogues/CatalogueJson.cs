using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.SubmissionFiles.Catalogues;

/// <summary>Reads the indicators and units as <c>/api/indicators</c> and <c>/api/units</c> return them.</summary>
internal static class CatalogueJson
{
    /// <returns>A catalogue without targets, rules and calendar.</returns>
    public static Catalogue Parse(JsonElement indicators, JsonElement units) => new(
        indicators.EnumerateArray().Select(Indicator).ToList(), new UnitTree(units.EnumerateArray().Select(Unit).ToList()), [], [], [], []);

    private static Indicator Indicator(JsonElement element, int order) => new()
    {
        Code = new IndicatorCode(Text(element, "code")),
        NameZh = Text(element, "nameZh"),
        NameEn = Text(element, "nameEn"),
        CanonicalUnit = Text(element, "unit"),
        Kind = IndicatorKinds.Parse(Text(element, "kind")),
        ReportedBy = Enum.Parse<UnitLevel>(Text(element, "reportedBy")),
        Register = Optional(element, "register"),
        JanuaryExempt = element.TryGetProperty("januaryExempt", out var exempt) && exempt.ValueKind == JsonValueKind.Object
            ? new JanuaryExemption(exempt.GetProperty("fromYear").GetInt32(), exempt.GetProperty("toYear").GetInt32())
            : null,
        Basis = Enum.Parse<GrowthBasis>(Text(element, "basis")),
        RankBy = Enum.Parse<RankBy>(Text(element, "rankBy")),
        Direction = Enum.Parse<Direction>(Text(element, "direction")),
        MayBeNegative = element.GetProperty("mayBeNegative").GetBoolean(),
        Printing = new Printing(Text(element, "printedUnitZh"), Text(element, "printedUnitEn"), element.GetProperty("divisor").GetDecimal(),
            element.GetProperty("decimals").GetInt32(), false, "", "", ""),
        Chapter = Text(element, "chapter"),
        Section = Text(element, "section"),
        Stages = element.TryGetProperty("stages", out var stages) && stages.ValueKind == JsonValueKind.Array
            ? [.. stages.EnumerateArray().Select(stage => new Stage(Text(stage, "nameZh"), Text(stage, "nameEn")))]
            : [],
        Order = order,
    };

    private static Unit Unit(JsonElement element, int index) => new()
    {
        Code = new UnitCode(Text(element, "code")),
        NameZh = Text(element, "nameZh"),
        NameEn = Text(element, "nameEn"),
        Kind = Enum.Parse<UnitKind>(Text(element, "kind")),
        ReportsWhole = element.GetProperty("reportsWhole").GetBoolean(),
        Spans = [.. element.GetProperty("spans").EnumerateArray().Select(span => new UnitSpan(
            Period.Parse(Text(span, "from")),
            Optional(span, "to") is { } to ? Period.Parse(to) : null,
            Optional(span, "parent") is { } parent ? new UnitCode(parent) : null,
            span.GetProperty("registers").EnumerateArray().Select(register => register.GetString()!).ToHashSet()))],
        Index = index,
    };

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
