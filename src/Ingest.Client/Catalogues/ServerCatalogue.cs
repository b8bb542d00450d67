using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Catalogues;

/// <summary>
/// The indicators and units from <c>/api/indicators</c> and <c>/api/units</c>, with a copy on disk for times without a connection.
/// </summary>
internal static class ServerCatalogue
{
    private const string FileName = "catalogue.json";

    /// <summary>Reads the catalogue from the service, or from the copy; null: neither is available.</summary>
    /// <param name="service">The service; null: there is none.</param>
    /// <param name="outbox">The folder of the copy.</param>
    /// <param name="onFailure">Receives the reason if the service did not return it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<ClientCatalogue?> FetchAsync(
        HttpClient? service, string outbox, Action<Exception> onFailure, CancellationToken cancellationToken)
    {
        if (service is null)
        {
            return ReadCached(outbox);
        }

        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(10));
            var (indicators, units) =
                (await service.GetStringAsync("api/indicators", timeout.Token), await service.GetStringAsync("api/units", timeout.Token));
            var text = $"{{\"indicators\":{indicators},\"units\":{units}}}";
            var known = Parse(text);
            AtomicFile.CreateFolder(outbox);
            AtomicFile.Write(Path.Combine(outbox, FileName), System.Text.Encoding.UTF8.GetBytes(text));
            return known;
        }
        catch (Exception exception)
        when (exception is HttpRequestException or JsonException or KeyNotFoundException or FormatException or ArgumentException
            or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            onFailure(exception);
            return ReadCached(outbox);
        }
    }

    private static ClientCatalogue? ReadCached(string outbox)
    {
        var path = Path.Combine(outbox, FileName);
        return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
    }

    private static ClientCatalogue Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        var indicators = document.RootElement.GetProperty("indicators").EnumerateArray().Select(Indicator).ToList();
        var units = document.RootElement.GetProperty("units").EnumerateArray().Select(Unit).ToList();
        return new ClientCatalogue(new Catalogue(indicators, new UnitTree(units), [], [], [], []), isWhole: false);
    }

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
