using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

internal static class TargetRows
{
    internal static readonly CsvSchema Shape = new("targets.csv", "unit", "indicator", "year", "kind", "value")
    {
        Optional = ["by_month"],
    };

    internal static List<Target> Read(
        CsvTable? table, KnownCodes units, KnownCodes indicatorCodes, IReadOnlyList<WithRow<Indicator>> indicators)
    {
        var known = indicators.ToDictionary(placed => placed.Value.Code, placed => placed.Value);
        var lines = new Dictionary<(UnitCode, IndicatorCode, int), int>();
        var targets = new List<Target>();
        foreach (var row in table?.Rows ?? [])
        {
            var target = new Target(
                row.Unit("unit"), row.Indicator("indicator"), row.Year("year"), row.Word("kind", CatalogueVocabulary.TargetKinds),
                row.Number("value"))
            {
                ByMonth = row.IsEmpty("by_month") ? 12 : row.WholeNumber("by_month", 1, 12),
            };
            if (!row.IsValid)
            {
                continue;
            }

            CheckReferences(row, target, units, indicatorCodes);
            CheckValue(row, target, known);
            if (!lines.TryAdd((target.Unit, target.Indicator, target.Year), row.Line))
            {
                var line = lines[(target.Unit, target.Indicator, target.Year)];
                row.Fault(
                    "indicator", new($"第 {line} 行已有该单位、指标、年份的目标", $"line {line} is a target of that unit, indicator and year already"),
                    new("请删去一行", "remove one of the two"));
            }

            targets.Add(target);
        }

        return targets;
    }

    private static void CheckReferences(CsvRow row, Target target, KnownCodes units, KnownCodes indicators)
    {
        if (!units.MayContain(target.Unit.Value))
        {
            row.Fault("unit", new($"单位 {target.Unit} 不存在", $"there is no unit {target.Unit}"), new("请更正代码", "correct the code"));
        }

        if (!indicators.MayContain(target.Indicator.Value))
        {
            row.Fault(
                "indicator", new($"指标 {target.Indicator} 不存在", $"there is no indicator {target.Indicator}"),
                new("请更正代码", "correct the code"));
        }
    }

    private static void CheckValue(CsvRow row, Target target, Dictionary<IndicatorCode, Indicator> known)
    {
        var indicator = known.GetValueOrDefault(target.Indicator);
        if (target.Kind == TargetKind.Amount && target.Value <= 0 && !IsAllowedAmount(target.Value, indicator))
        {
            row.Fault(
                "value", new("全年总量目标必须大于零；越低越好的指标可以为零", "a full-year amount is above zero, or zero where lower is better"),
                new("请填写全年总量，或改为 growth", "fill in the amount, or make it a growth target"));
        }

        if (target.Kind == TargetKind.Amount && indicator?.Kind.TargetFault(indicator, target.Value) is var (zh, en))
        {
            row.Fault("value", new(zh, en), new("请更正目标值", "correct the value"));
        }

        if (target.ByMonth != 12 && indicator is { Kind.TargetMeasure: not TargetMeasure.Stage })
        {
            row.Fault(
                "by_month", new($"指标 {target.Indicator} 的目标只按年底考核", $"the target of {target.Indicator} is one of the year's end"),
                new("请清空本格", "empty this cell"));
        }

        if (target.Kind == TargetKind.Growth && indicator is { Basis: GrowthBasis.None })
        {
            row.Fault(
                "kind", new($"指标 {target.Indicator} 不计增幅", $"no growth is computed for {target.Indicator}"),
                new("请改为 amount，或设定该指标的 growth_basis", "make it an amount, or set the indicator's growth_basis"));
        }
    }

    // 零上访: zero is a valid target if lower is better. The target of an index or a real growth may be zero or negative.
    private static bool IsAllowedAmount(decimal value, Indicator? indicator) =>
        indicator?.Kind.AllowsAnyTarget == true || (value == 0 && indicator?.Direction == Direction.LowerIsBetter);
}
