using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Tests.Reading;

/// <summary>A milestone with its stages and targets, and a yes/no.</summary>
public sealed class Stages_in_the_catalogue
{
    private const string Header =
        "code,name_zh,name_en,unit,kind,reported_by,register,january_exempt_from,january_exempt_to,growth_basis,rank_by,direction,"
            + "may_be_negative,"
        + "printed_unit_zh,printed_unit_en,printed_divisor,decimals,print_growth,phrase_zh,zero_phrase_zh,rank_name_zh,chapter,section,"
        + "stages_zh,stages_en\n";

    private const string Sales =
        "RETAIL_SALES,社零,Retail sales,万元,flow,enterprise,trade,,,recorded,growth,higher,no,亿元,100 million yuan,10000,1,yes,,,,发展,经济,,\n";
    private const string Cases = "PETITIONS,信访,Petitions,件,flow,village,,,,none,value,lower,no,件,cases,1,0,no,,,,民生,稳定,,\n";
    private const string Plan =
        "PLAN,规划,Plan,阶段,milestone,village,,,,none,value,higher,no,阶段,stage,1,0,no,,,,建设,规划,未启动|编制|批复,not started|drafted|approved\n";
    private const string Award = "AWARD,创建,Award,个,yes_no,village,,,,none,value,higher,no,个,units,1,0,no,成功创建{value},,,党建,组织,,\n";
    private const string Targets =
        "unit,indicator,year,kind,value,by_month\n320404007000,PLAN,2022,amount,2,\n320404007201,PLAN,2022,amount,1,6\n320404007000,"
            + "AWARD,2022,amount,2,\n";

    [Fact]
    public void Are_read_with_the_targets_that_name_them()
    {
        var catalogue = Read(Plan, Targets).Catalogue!;
        Assert.True(catalogue.TryFind("PLAN", out var plan));
        Assert.Equal([new Stage("未启动", "not started"), new Stage("编制", "drafted"), new Stage("批复", "approved")], plan.Kind.StagesOf(plan));
        Assert.Equal([12, 6, 12], catalogue.Targets.Select(target => target.ByMonth));
        Assert.True(catalogue.TryFind("AWARD", out var award));
        Assert.Equal(2, award.Kind.StagesOf(award).Count);
    }

    [Theory]
    [InlineData("未启动|编制|批复", "", "indicators.csv:4 stages_en: it names 3 stages, stages_zh names 0")]
    [InlineData("未启动|编制|批复", "未启动||批复", "indicators.csv:4 stages_zh: a stage has no name")]
    [InlineData(",未启动|编制|批复,not started|drafted|approved", ",,", "indicators.csv:4 stages_zh: kind milestone needs 2 to 21 stages")]
    [InlineData("milestone", "stock", "indicators.csv:4 stages_zh: kind stock has no stages")]
    [InlineData("none,value", "recorded,value", "indicators.csv:4 growth_basis: no growth is computed for kind milestone")]
    [InlineData("stage,1,0", "stage,1,1", "indicators.csv:4 decimals: figures of kind milestone are whole numbers")]
    public void Are_refused_where_they_do_not_fit_the_kind(string text, string instead, string fault) =>
        Assert.Contains(fault,
            string.Join('\n', Read(Plan.Replace(text, instead, StringComparison.Ordinal), "unit,indicator,year,kind,value\n").Faults),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("PLAN,2022,amount,2,", "PLAN,2022,amount,3,", "targets.csv:2 value: the target is a stage from 1 to 2")]
    [InlineData("PLAN,2022,amount,2,", "PLAN,2022,amount,1.5,", "targets.csv:2 value: the target is a stage from 1 to 2")]
    [InlineData("AWARD,2022,amount,2", "AWARD,2022,amount,0.5", "targets.csv:4 value: the target is a number of units that achieve it")]
    [InlineData("amount,1,6", "amount,1,13", "targets.csv:3 by_month: '13' is not a whole number from 1 to 12")]
    [InlineData("320404007201,PLAN,2022,amount,1,6", "320404007201,PETITIONS,2022,amount,1,6",
        "targets.csv:3 by_month: the target of PETITIONS is one of the year's end")]
    [InlineData("PLAN,2022,amount,2,", "PLAN,2022,growth,2,", "targets.csv:2 kind: no growth is computed for PLAN")]
    public void Are_what_a_target_must_name(string text, string instead, string fault) =>
        Assert.Contains(fault, string.Join('\n', Read(Plan, Targets.Replace(text, instead, StringComparison.Ordinal)).Faults),
            StringComparison.Ordinal);

    private static CatalogueReadResult Read(string plan, string targets)
    {
        using var folder = new CatalogueFolder();
        folder.Write("indicators.csv", Header + Sales + Cases + plan + Award).Write("targets.csv", targets);
        return CatalogueReader.Read(folder.Path);
    }
}
