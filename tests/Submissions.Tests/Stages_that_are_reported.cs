using System.Text.Json.Nodes;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Tests;

/// <summary>A milestone and a yes/no of the shipped catalogue, as a village reports them for July 2022.</summary>
public sealed class A_stage_that_is_reported
{
    private const string Dongdai = "320404004201";
    private static readonly Catalogue Shipped = CatalogueReader.Read(RepositoryFiles.Catalogue).Catalogue!;
    private readonly Dictionary<Period, EffectiveMonth> _history = [];
    private int _revision;

    [Theory]
    [InlineData("AREA_PLANNING", "阶段", 2, "2022-07-15")]
    [InlineData("AREA_PLANNING", "阶段", 0, null)]
    [InlineData("PARTY_BUILDING_SITE", "个", 1, "2021-11-03")]
    [InlineData("PARTY_BUILDING_SITE", "个", 0, null)]
    public void Is_taken_with_its_date(string indicator, string unit, int stage, string? date) =>
        Assert.Equal((Verdict.Accepted, ""), VerdictOf(Submit("2022-07", indicator, unit, stage, date)));

    [Theory]
    [InlineData("AREA_PLANNING", "阶段", 5, "2022-07-15", "F315")]
    [InlineData("AREA_PLANNING", "阶段", 1.5, "2022-07-15", "F315")]
    [InlineData("AREA_PLANNING", "阶段", -1, null, "F315")]
    [InlineData("PARTY_BUILDING_SITE", "个", 2, "2022-07-15", "F315")]
    [InlineData("AREA_PLANNING", "阶段", 2, null, "F316")]
    [InlineData("PARTY_BUILDING_SITE", "个", 1, null, "F316")]
    [InlineData("AREA_PLANNING", "阶段", 2, "0001-01-01", "F319")]
    [InlineData("PARTY_BUILDING_SITE", "个", 1, "1999-12-31", "F319")]
    [InlineData("AREA_PLANNING", "阶段", 2, "2022-08-01", "F317")]
    [InlineData("AREA_PLANNING", "阶段", 0, "2022-07-15", "F318")]
    [InlineData("AREA_PLANNING", "阶段", 2, "2022-7-15", "F314")]
    [InlineData("ENTERPRISE_VISITS", "家", 2, "2022-07-15", "F310")]
    public void Is_refused_in_both_languages_where_stage_or_date_is_wrong(
        string indicator, string unit, double stage, string? date, string rule)
    {
        var decision = Submit("2022-07", indicator, unit, (decimal)stage, date);
        Assert.Equal((Verdict.Refused, rule), VerdictOf(decision));
        var finding = decision.Findings.Single();
        Assert.All([finding.MessageZh, finding.MessageEn, finding.RemedyZh, finding.RemedyEn], text => Assert.NotEmpty(text));
    }

    [Fact]
    public void That_does_not_exist_is_answered_with_those_that_do()
    {
        var finding = Submit("2022-07", "AREA_PLANNING", "阶段", 5, "2022-07-15").Findings.Single();
        Assert.Equal("片区城市设计和控规调整 没有第 5 阶段。", finding.MessageZh);
        Assert.Equal("填整数：0 未启动、1 方案编制、2 方案评审、3 规划报批、4 规划批复。", finding.RemedyZh);
    }

    [Theory]
    [InlineData("2022-06")]
    [InlineData("2022-02")]
    public void Below_the_last_one_is_asked_about_though_months_between_were_not_reported(string before)
    {
        Submit(before, "AREA_PLANNING", "阶段", 3, "2022-02-10");
        Assert.Equal((Verdict.Refused, "R16"), VerdictOf(Submit("2022-07", "AREA_PLANNING", "阶段", 2, "2022-01-20")));
        Assert.Equal(Verdict.Accepted, Submit("2022-07", "AREA_PLANNING", "阶段", 2, "2022-01-20", "规划条件调整，原报批稿退回重新评审").Verdict);
    }

    [Fact]
    public void Is_revised_field_by_field()
    {
        Submit("2022-07", "AREA_PLANNING", "阶段", 2, "2022-07-15");
        var changed = Submit("2022-07", "AREA_PLANNING", "阶段", null, "2022-07-12");
        Assert.Equal(new Figures(2, date: new DateOnly(2022, 7, 12)), _history[new Period(2022, 7)][new("AREA_PLANNING")]);
        Assert.Equal("片区城市设计和控规调整：日期 2022-07-15 → 2022-07-12；未变：阶段 2 方案评审。", changed.Findings.Single().MessageZh);
    }

    [Theory]
    [InlineData("AREA_PLANNING", "阶段", 2, 3)]
    [InlineData("AREA_PLANNING", "阶段", 2, 2)]
    [InlineData("PARTY_BUILDING_SITE", "个", 1, 1)]
    [InlineData("PARTY_BUILDING_SITE", "个", 0, 1)]
    public void In_a_revision_does_not_take_over_the_date_of_the_stage_before(string indicator, string unit, int before, int after)
    {
        Submit("2022-07", indicator, unit, before, before == 0 ? null : "2022-06-23");
        Assert.Equal((Verdict.Refused, "F316"), VerdictOf(Submit("2022-07", indicator, unit, after, null)));
    }

    [Theory]
    [InlineData("AREA_PLANNING", "阶段", 2)]
    [InlineData("PARTY_BUILDING_SITE", "个", 1)]
    public void That_is_taken_back_to_0_has_no_date(string indicator, string unit, int before)
    {
        Submit("2022-07", indicator, unit, before, "2022-06-23");
        var changed = Submit("2022-07", indicator, unit, 0, null);
        Assert.Equal((Verdict.Accepted, "F602"), VerdictOf(changed));
        Assert.Contains("日期 2022-06-23 → 无", changed.Findings.Single().MessageZh, StringComparison.Ordinal);
        Assert.Equal(new Figures(0), _history[new Period(2022, 7)][new(indicator)]);
        Assert.Equal((Verdict.Refused, "F318"), VerdictOf(Submit("2022-07", indicator, unit, null, "2022-07-01")));
    }

    [Fact]
    public void In_a_revision_is_named_as_the_catalogue_names_it()
    {
        Submit("2022-07", "AREA_PLANNING", "阶段", 2, "2022-06-23");
        var changed = Submit("2022-07", "AREA_PLANNING", "阶段", 3, "2022-07-20").Findings.Single();
        Assert.Equal("片区城市设计和控规调整：阶段 2 方案评审 → 3 规划报批，日期 2022-06-23 → 2022-07-20。", changed.MessageZh);
        Assert.Equal("Area design and zoning plan: stage 2 plan reviewed → 3 submitted for approval, date 2022-06-23 → 2022-07-20.",
            changed.MessageEn);
    }

    [Theory]
    [InlineData(3, "2022-06-22", "R17")]
    [InlineData(2, "2022-05-01", "R17")]
    [InlineData(2, "2022-06-24", "R17")]
    [InlineData(2, "2022-06-23", "")]
    [InlineData(3, "2022-06-23", "")]
    [InlineData(1, "2022-01-10", "R16")]
    public void With_a_date_that_an_earlier_month_contradicts_is_asked_about(int stage, string date, string rule)
    {
        Submit("2022-06", "AREA_PLANNING", "阶段", 2, "2022-06-23");
        var decision = Submit("2022-07", "AREA_PLANNING", "阶段", stage, date);
        Assert.Equal((rule.Length == 0 ? Verdict.Accepted : Verdict.Refused, rule), VerdictOf(decision));
    }

    [Theory]
    [InlineData("2022-05", "2022-07", 4, "2022-05-10", "R18")]
    [InlineData("2022-05", "2022-07", 2, "2022-05-25", "R18")]
    [InlineData("2022-01", "2022-07", 4, "2022-01-20", "R18")]
    [InlineData("2022-05", "2022-07", 3, "2022-05-20", "")]
    [InlineData("2022-05", "2022-07", 2, "2022-05-01", "")]
    public void That_a_later_month_contradicts_is_asked_about(string month, string later, int stage, string date, string rule)
    {
        Submit(later, "AREA_PLANNING", "阶段", 3, "2022-05-20");
        var decision = Submit(month, "AREA_PLANNING", "阶段", stage, date);
        Assert.Equal((rule.Length == 0 ? Verdict.Accepted : Verdict.Refused, rule), VerdictOf(decision));
    }

    [Theory]
    [InlineData("AREA_PLANNING", "阶段")]
    [InlineData("ENTERPRISE_VISITS", "家")]
    [InlineData("HITECH_FIRMS_NET_INCREASE", "家")]
    public void Is_given_and_withdrawn_at_once_is_one_fault_and_not_three(string indicator, string unit)
    {
        var value = new JsonObject
        {
            ["indicator"] = indicator,
            ["unit"] = unit,
            ["value"] = 1,
            ["withdraw"] = new JsonArray("value"),
        };
        Assert.Equal((Verdict.Refused, "F312"), VerdictOf(Submit("2022-07", value)));
    }

    [Fact]
    public void Has_a_date_that_is_not_withdrawn_by_itself()
    {
        var value = new JsonObject { ["indicator"] = "AREA_PLANNING", ["unit"] = "阶段", ["withdraw"] = new JsonArray("date") };
        var finding = Submit("2022-07", value).Findings[0];
        Assert.Equal(("F311", "可撤回 \"value\"（整项）；日期随阶段一并填报，填 0 即无日期。"), (finding.Rule, finding.RemedyZh));
    }

    private Decision Submit(string period, string indicator, string unit, decimal? stage, string? date, string? explanation = null)
    {
        var value = new JsonObject { ["indicator"] = indicator, ["unit"] = unit };
        if (stage is { } number)
        {
            value["value"] = number;
        }

        if (date is not null)
        {
            value["date"] = date;
        }

        return Submit(period, value, explanation);
    }

    private Decision Submit(string period, JsonObject value, string? explanation = null)
    {
        var indicator = value["indicator"]!.GetValue<string>();
        var body = NewSubmission(Dongdai, period, value)
            .Set("revision", ++_revision).Set("correction", new JsonObject { ["reason"] = "按规划部门通知补报" });
        if (explanation is not null)
        {
            body.Set("explanations", new JsonArray(new JsonObject { ["rule"] = "R16", ["indicator"] = indicator, ["text"] = explanation }));
        }

        var submission = SubmissionReader.Read(body.Bytes(), Shipped).All.Single();
        FormChecks.Check(submission, Shipped, Now);
        var month = Period.Parse(period);
        var current = _history.TryGetValue(month, out var known) ? known : _history[month] = new EffectiveMonth();
        return Decision.Decide(submission, Shipped, _history.ToFigures(), current, _revision);
    }

    private static (Verdict Verdict, string Rules) VerdictOf(Decision decision) =>
        (decision.Verdict, string.Join(' ', decision.Findings.Select(finding => finding.Rule)));
}
