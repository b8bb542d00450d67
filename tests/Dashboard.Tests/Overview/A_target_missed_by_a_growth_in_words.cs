using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Overview;

namespace XilinIngest.Dashboard.Tests.Overview;

/// <summary>A revenue that has fallen below zero, and has been behind its target since April.</summary>
public sealed class A_target_missed_by_a_growth_in_words
{
    private static readonly CatalogueView Catalogue = new(new CatalogueResponse("", [], []));

    [Fact]
    public void Is_named_beside_the_number_of_months_behind_it() => Assert.Equal(
        "一般公共预算收入由正转负，减少0.3亿元，未达到增长5.0%的目标，连续9个月", Describe(new Lang(false)));

    [Fact]
    public void Is_named_in_English() => Assert.Equal(
        "General public budget revenue from above zero to below, down 30 million yuan, short of the target, growth 5.0%, for 9 months",
        Describe(new Lang(true)));

    private static string Describe(Lang lang) => BriefingText.Describe(
        new ReportRow
        {
            Indicator = "PUBLIC_BUDGET_REVENUE",
            NameZh = "一般公共预算收入",
            NameEn = "General public budget revenue",
            UnitZh = "亿元",
            UnitEn = "100 million yuan",
            Decimals = 1,
            Kind = "Flow",
            GrowthUnit = GrowthUnits.Percent,
            TargetMeasure = TargetMeasures.Pace,
            YearToDate = -0.1m,
            GrowthWords = GrowthWords.ProfitToLoss,
            GrowthZh = "由正转负，减少0.3亿元",
            GrowthEn = "from above zero to below, down 30 million yuan",
            Target = 5,
            TargetKind = TargetType.Growth,
            Colour = TargetColour.Red,
            Reported = 1,
            Expected = 1,
            State = ResultState.Complete,
            Chapter = "",
            Section = "",
            PhraseZh = "",
            PhraseEn = "",
        },
        new TargetShortfall("PUBLIC_BUDGET_REVENUE", TargetColour.Red, "2022-04", []), Catalogue, "2022-12", lang);
}
