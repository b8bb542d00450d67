using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>What an indicator's figures were recorded as.</summary>
/// <param name="Code">The indicator.</param>
/// <param name="Unit">The canonical unit of the figures, such as 万元.</param>
/// <param name="Kind">The kind, as <c>indicators.csv</c> writes it.</param>
public sealed record RecordedIndicator(string Code, string Unit, string Kind)
{
    public static RecordedIndicator Of(Indicator indicator) => new(indicator.Code.Value, indicator.CanonicalUnit, Words.Of(Words.Kinds, indicator.Kind));
}

/// <summary>
/// What was in the catalogue may be ended but neither taken out nor made another thing: submissions and published results name
/// it, and their figures are in its unit and of its kind. Asked at a reload of the catalogue in force, and at start of what
/// the ledger holds.
/// </summary>
public static class HistoryGuard
{
    /// <summary>The faults of a catalogue against the figures that were recorded before it.</summary>
    /// <param name="indicators">The indicators that have figures.</param>
    /// <param name="units">The codes of the units that have figures.</param>
    /// <param name="now">The catalogue.</param>
    public static IReadOnlyList<CatalogueFault> Check(IEnumerable<RecordedIndicator> indicators, IEnumerable<string> units, Catalogue now) =>
    [
        .. indicators.SelectMany(recorded => Check(recorded, now)),
        .. units.Where(unit => !(UnitCode.TryParse(unit, out var code) && now.Units.TryFind(code, out _))).Select(RemovedUnit),
    ];

    internal static IReadOnlyList<CatalogueFault> Check(Catalogue before, Catalogue now) =>
    [
        .. Check(before.Indicators.Select(RecordedIndicator.Of), before.Units.All.Select(unit => unit.Code.Value), now),
        .. before.Units.All.SelectMany(unit => now.Units.TryFind(unit.Code, out var same) ? Changes(unit, same) : []),
    ];

    private static IEnumerable<CatalogueFault> Check(RecordedIndicator before, Catalogue catalogue)
    {
        if (!(IndicatorCode.TryParse(before.Code, out var code) && catalogue.TryFind(code, out var indicator)))
        {
            yield return RemovedIndicator(before.Code);
            yield break;
        }

        var now = RecordedIndicator.Of(indicator);
        var another = new Bilingual("请恢复原值；另立新代码作为新指标", "put it back, and give what is new a code of its own");
        if (before.Unit != now.Unit)
        {
            yield return Changed(IndicatorRows.Shape, "unit", "指标", "indicator", before.Code, before.Unit, now.Unit, another);
        }

        if (before.Kind != now.Kind)
        {
            yield return Changed(IndicatorRows.Shape, "kind", "指标", "indicator", before.Code, before.Kind, now.Kind, another);
        }
    }

    private static IEnumerable<CatalogueFault> Changes(Unit before, Unit now)
    {
        var another = new Bilingual("请恢复原值；以 valid_to 结束它，另立新单位", "put it back, end the unit with valid_to, and give what is new a code of its own");
        if (before.Kind != now.Kind)
        {
            yield return Changed(UnitRows.Shape, "kind", "单位", "unit", before.Code.Value, Words.Of(Words.UnitKinds, before.Kind), Words.Of(Words.UnitKinds, now.Kind), another);
        }

        if (before.ReportsWhole != now.ReportsWhole)
        {
            yield return Changed(UnitRows.Shape, "reports_whole", "单位", "unit", before.Code.Value, YesNo(before.ReportsWhole), YesNo(now.ReportsWhole), another);
        }
    }

    private static CatalogueFault Changed(TableShape shape, string column, string zh, string en, string code, string from, string to, Bilingual remedy) => new(
        shape.File, null, column,
        new($"{zh} {code} 由 {from} 改为 {to}，而历史数据按 {from} 记录", $"{en} {code} was changed from {from} to {to}, but history is recorded as {from}"), remedy);

    private static CatalogueFault RemovedIndicator(string code) => new(
        IndicatorRows.Shape.File, null, "code",
        new($"指标 {code} 被删除，而历史数据引用它", $"indicator {code} was removed, but history refers to it"),
        new("请恢复该行", "put its row back"));

    private static CatalogueFault RemovedUnit(string code) => new(
        UnitRows.Shape.File, null, "code",
        new($"单位 {code} 被删除，而历史数据引用它", $"unit {code} was removed, but history refers to it"),
        new("请恢复该行，并以 valid_to 结束它", "put its row back and set valid_to instead"));

    private static string YesNo(bool value) => value ? "yes" : "no";
}
