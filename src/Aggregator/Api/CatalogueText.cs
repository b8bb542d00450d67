using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>The API's response with a catalogue, serialised once for each catalogue.</summary>
/// <param name="Version">A hash of its content.</param>
/// <param name="Json">A <see cref="CatalogueResponse"/> in UTF-8.</param>
internal sealed record CatalogueText(string Version, byte[] Json)
{
    private static readonly ConditionalWeakTable<Catalogue, Lazy<CatalogueText>> Texts = [];

    public static CatalogueText For(Catalogue catalogue) =>
        Texts.GetValue(catalogue, one => new Lazy<CatalogueText>(() => Create(one))).Value;

    private static CatalogueText Create(Catalogue catalogue)
    {
        var unversioned =
            new CatalogueResponse(
                "", [.. catalogue.Indicators.Select(ToResponse)], [.. catalogue.Units.All.Select(unit => ToResponse(unit, catalogue))]);
        var version =
            Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(unversioned, ApiJson.Options)).AsSpan(0, 12));
        return new CatalogueText(version, JsonSerializer.SerializeToUtf8Bytes(unversioned with { Version = version }, ApiJson.Options));
    }

    public static CatalogueIndicator ToResponse(Indicator indicator) => new(
        indicator.Code.Value, indicator.NameZh, indicator.NameEn, indicator.CanonicalUnit, indicator.Kind.Name,
        indicator.ReportedBy.ToString(), indicator.Register,
        indicator.JanuaryExempt is { } exempt ? new CatalogueExemption(exempt.FromYear, exempt.ToYear) : null,
        indicator.Basis.ToString(), indicator.RankBy.ToString(), indicator.Direction.ToString(), indicator.MayBeNegative,
        indicator.Printing.UnitZh, indicator.Printing.UnitEn, indicator.Printing.Divisor, indicator.Printing.Decimals, indicator.Chapter,
        indicator.Section)
    {
        GrowthUnit = KindCapabilities.NameOf(indicator.Kind.GrowthUnit),
        TargetMeasure = KindCapabilities.NameOf(indicator.Kind.TargetMeasure),
        Fields = KindCapabilities.FieldNamesOf(indicator.Kind),
        IsAtMonthEnd = indicator.Kind.IsAtMonthEnd,
        RegisterZh = indicator.RegisterName.Zh is { Length: > 0 } zh ? zh : null,
        RegisterEn = indicator.RegisterName.En is { Length: > 0 } en ? en : null,
        IsProfit = indicator.IsProfit,
        RoundDownTo = indicator.Printing.RoundDownTo,
        Stages = [.. indicator.Kind.StagesOf(indicator).Select(stage => new CatalogueStage(stage.NameZh, stage.NameEn))],
    };

    public static CatalogueUnit ToResponse(Unit unit, Catalogue catalogue) => new(
        unit.Code.Value, unit.NameZh, unit.NameEn, unit.Kind.ToString(), unit.ReportsWhole,
        [.. unit.Spans.Select(
            span => new CatalogueSpan(span.From.ToString(), span.To?.ToString(), span.Parent?.Value,
                [.. span.Registers.Order(StringComparer.Ordinal)]))])
    {
        Partition = catalogue.Partitions.AreSeveral ? catalogue.Partitions.HomeOf(unit).Path : null,
    };
}
