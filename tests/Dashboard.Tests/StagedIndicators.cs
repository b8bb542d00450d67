using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;

namespace XilinIngest.Dashboard.Tests;

/// <summary>A milestone and a yes/no, as the catalogue gives them to the pages.</summary>
internal static class StagedIndicators
{
    public static readonly CatalogueIndicator Planning = New("AREA_PLANNING", "Milestone", "阶段", "stage",
        new("未启动", "not started"), new("方案编制", "drafted"), new("方案评审", "reviewed"), new("规划批复", "approved"));

    public static readonly CatalogueIndicator Award = New("AWARD", "YesNo", "个", "sites",
        new("未达成", "not achieved"), new("已达成", "achieved"));

    private static CatalogueIndicator New(string code, string kind, string unitZh, string unitEn, params CatalogueStage[] stages) =>
        new(code, code, code, unitZh, kind, "Village", null, null, "None", "Value", "HigherIsBetter", false, unitZh, unitEn, 1, 0, "", "")
        {
            GrowthUnit = GrowthUnits.Percent,
            TargetMeasure = TargetMeasures.Stage,
            Fields = [FigureNames.Value, FigureNames.Date],
            IsAtMonthEnd = true,
            Stages = stages,
        };
}
