using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The stages of an indicator: their names, stage 0 first, separated by bars.</summary>
internal static class StageCells
{
    private const char Separator = '|';

    internal static IReadOnlyList<Stage> Read(CsvRow row)
    {
        var (zh, en) = (Names(row, "stages_zh"), Names(row, "stages_en"));
        if (zh.Length != en.Length)
        {
            row.Fault(
                "stages_en", new($"中文有 {zh.Length} 个阶段，英文有 {en.Length} 个", $"it names {en.Length} stages, stages_zh names {zh.Length}"),
                new("请逐个对应填写，用 | 分开，先写未启动", "name the same ones with | between them, the one before the first stage included"));
            return [];
        }

        if (zh.Concat(en).Any(name => name.Length == 0))
        {
            row.Fault("stages_zh", new("有阶段没有名称", "a stage has no name"), new("请补写名称，或删去多余的 |", "write its name, or remove the extra |"));
        }

        return [.. zh.Zip(en, (nameZh, nameEn) => new Stage(nameZh, nameEn))];
    }

    internal static void CheckKind(CsvRow row, Indicator indicator)
    {
        var kind = indicator.Kind;
        if (kind.HasNamedStages && indicator.Stages.Count is < 2 or > StageTally.MaxStage + 1)
        {
            row.Fault(
                "stages_zh", new($"种类 {kind.CatalogueWord} 须列出 2 至 {StageTally.MaxStage + 1} 个阶段",
                    $"kind {kind.CatalogueWord} needs 2 to {StageTally.MaxStage + 1} stages"),
                new("如：未启动|方案编制|方案评审|批复", "such as not started|drafted|reviewed|approved"));
        }

        if (!kind.HasNamedStages && indicator.Stages.Count > 0)
        {
            row.Fault(
                "stages_zh", new($"种类 {kind.CatalogueWord} 没有阶段", $"kind {kind.CatalogueWord} has no stages"),
                new("请清空本格", "empty this cell"));
        }

        if (kind.AllowsGrowth)
        {
            return;
        }

        if (indicator.Basis != GrowthBasis.None)
        {
            row.Fault("growth_basis", new($"种类 {kind.CatalogueWord} 不计增幅", $"no growth is computed for kind {kind.CatalogueWord}"),
                new("请填 none", "write none"));
        }

        if (indicator.Printing is not { Divisor: 1, Decimals: 0 })
        {
            row.Fault(
                "decimals", new($"种类 {kind.CatalogueWord} 的数是整数", $"figures of kind {kind.CatalogueWord} are whole numbers"),
                new("printed_divisor 填 1，decimals 填 0", "set printed_divisor to 1 and decimals to 0"));
        }
    }

    private static string[] Names(CsvRow row, string column) =>
        row.IsEmpty(column) ? [] : row.Text(column).Split(Separator, StringSplitOptions.TrimEntries);
}
