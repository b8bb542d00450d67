using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions.Checking;
using static XilinIngest.Tests.TestSubmissions;
using static XilinIngest.Worker.Tests.Submissions.A_submission_that_is_wrong;

namespace XilinIngest.Worker.Tests.Submissions;

public sealed class A_submission_that_is_right
{
    [Fact]
    public void Is_accepted_and_stands()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        var decision = ValidSubmission().Read().Decide(history);
        Assert.Equal((Verdict.Accepted, 0), (decision.Verdict, decision.Findings.Count));
        Assert.Equal(new Figures(3), history[new(2022, 7)][new("PETITIONS")]);
    }

    [Fact]
    public void Keeps_the_digits_it_was_sent_with()
    {
        var sheet = NewSubmission(Village, "2022-07", Value("PROFIT", -123456789012345.654321m, "万元"), Value("FIRMS", 12.50m, "家"));
        var values = sheet.Read().Values;
        Assert.Equal([-123456789012345.654321m, 12.50m], values.Select(value => value.Figures.Value!.Value));
        Assert.Equal(2, values[1].Figures.Value!.Value.Scale);
    }

    [Fact]
    public void Withdraws_a_value_by_an_explicit_null()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        ValidSubmission().Read().Decide(history);
        var withdrawal = NewSubmission(Village, "2022-07", Petitions(null)).Set("revision", 2);
        withdrawal.FirstValue().Remove("unit");
        Assert.Equal(Verdict.Accepted, withdrawal.Read().Decide(history).Verdict);
        Assert.False(history[new(2022, 7)][new("PETITIONS")].HasValue);
    }

    [Fact]
    public void Replaces_what_it_names_and_leaves_what_it_does_not()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        NewSubmission(Village, "2022-07", Petitions(3), Value("FIRMS", 8, "家")).Read().Decide(history);
        NewSubmission(Village, "2022-07", Petitions(4)).Set("revision", 2).Read().Decide(history);
        Assert.Equal((4m, 8m), (history[new(2022, 7)][new("PETITIONS")].Value, history[new(2022, 7)][new("FIRMS")].Value));
    }

    [Fact]
    public void Is_superseded_where_a_later_revision_came_before_it()
    {
        var history = new Dictionary<Period, EffectiveMonth>();
        ValidSubmission().Set("revision", 2).Read().Decide(history);
        Assert.Equal(Verdict.Superseded, ValidSubmission().Read().Decide(history).Verdict);
    }

    [Fact]
    public void May_be_of_the_first_moment_of_the_calendar() =>
        Assert.Empty(ValidSubmission().Set("submittedAt", "2021-01-01T00:00:00+08:00").Read().Findings);

    [Fact]
    public void May_come_after_the_close_with_a_reason() =>
        Assert.Empty(ValidSubmission().Set("period", "2022-05").Set("correction", Reason("补报漏报的合同")).Read().Findings);

    [Fact]
    public void May_be_a_rate_without_the_per_cent() => Assert.Empty(NewSubmission(Village, "2022-07", Rate(1, 2)).Read().Findings);

    [Fact]
    public void May_come_in_a_pack_each_judged_alone()
    {
        var pack = new JsonObject { ["submissions"] = new JsonArray(ValidSubmission(), ValidSubmission().Set("period", "x"), 7) };
        Assert.Equal(["", "F203", "F101"],
            SubmissionTestReader.Read(pack.Bytes()).Select(submission => string.Join(' ', submission.RuleIds())));
    }
}

public sealed class A_question_of_the_rules
{
    private readonly Dictionary<Period, EffectiveMonth> _history = [];

    private void SetEffective(string period, decimal value, decimal? ytd = null, string indicator = "PETITIONS") =>
        (_history.TryGetValue(Period.Parse(period), out var month) ? month : _history[Period.Parse(period)] = new())
        .Apply(new(indicator), new(value, ytd), new Figures(value, ytd).PresentFields,
            new Provenance(new OrderKey(1, 1, Guid.NewGuid()), 1));

    private CheckedDecision Decide(JsonObject sheet, params (string Rule, string Text)[] answers)
    {
        sheet["explanations"] = new JsonArray([.. answers.Select(answer => Because(answer.Rule, answer.Text))]);
        var submission = sheet.Read();
        Assert.Empty(submission.Findings);
        var decision = submission.Decide(_history);
        Assert.All(decision.Findings, FindingAssertions.AssertComplete);
        return new(decision.Verdict, decision.Findings);
    }

    private sealed record CheckedDecision(Verdict Verdict, IReadOnlyList<Finding> Findings);

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Is_asked_where_a_value_jumps(int times)
    {
        SetEffective("2022-05", 4);
        SetEffective("2022-06", 6);
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(5 * times)));
        var finding = Assert.Single(decision.Findings);
        Assert.Equal((Verdict.Refused, "R01", FindingSeverity.Question, 1),
            (decision.Verdict, finding.Rule, finding.Severity, finding.Version));
        Assert.Equal([("typical", 5m), ("month", 5m * times)], finding.Figures!.Select(figure => (figure.Key, figure.Value)));
        Assert.False(_history[new(2022, 7)][new("PETITIONS")].HasValue, "a refused value does not count");
    }

    [Fact]
    public void Is_answered_by_an_explanation_that_explains()
    {
        SetEffective("2022-06", 5);
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R01", "集中处理历史积案"));
        Assert.Equal((Verdict.Accepted, FindingSeverity.Explained), (decision.Verdict, decision.Findings.Single().Severity));
    }

    [Fact]
    public void Is_not_answered_by_an_explanation_of_another()
    {
        SetEffective("2022-06", 5);
        Assert.Equal(Verdict.Refused, Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R06", "集中处理历史积案")).Verdict);
    }

    [Fact]
    public void That_was_not_asked_makes_its_explanation_a_notice_and_nothing_worse()
    {
        var decision = Decide(NewSubmission(Village, "2022-07", Petitions(5)), ("R01", "集中处理历史积案"));
        Assert.Equal((Verdict.Accepted, "F404 notice"),
            (decision.Verdict, decision.Findings.Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}").Single()));
        Assert.Contains("R01", decision.Findings[0].MessageZh, StringComparison.Ordinal);
    }

    [Fact]
    public void That_was_not_asked_is_said_once_however_often_it_was_answered()
    {
        var decision =
            Decide(NewSubmission(Village, "2022-07", Petitions(5)), ("R01", "集中处理历史积案"), ("R01", "集中处理历史积案"), ("R01", "又是历史积案化解"),
                ("R06", "集中处理历史积案"));
        Assert.Equal(["F404", "F404"], decision.Findings.Select(finding => finding.Rule));
        Assert.Equal(["R01", "R06"], decision.Findings.Select(finding => finding.MessageZh.Split('‘', '’')[1]));
    }

    [Fact]
    public void Says_beside_it_which_explanation_is_of_another()
    {
        SetEffective("2022-06", 5);
        Assert.Equal(["R01 question", "F404 notice"],
            Decide(NewSubmission(Village, "2022-07", Petitions(50)), ("R06", "集中处理历史积案")).Findings.Select(
                finding => $"{finding.Rule} {finding.Severity.ToWireName()}"));
    }

    [Fact]
    public void Is_one_of_several_at_once()
    {
        SetEffective("2022-06", 5);
        var sheet = NewSubmission(Village, "2022-07", Petitions(50), Rate(3, 2));
        sheet.FirstValue()["yearToDate"] = 99;
        var decision = Decide(sheet, ("R01", "集中处理历史积案"));
        Assert.Equal(["R01 explained", "R06 question", "R08 error"],
            decision.Findings.Select(finding => $"{finding.Rule} {finding.Severity.ToWireName()}"));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(71, false)]
    [InlineData(69, true)]
    [InlineData(131, true)]
    [InlineData(20, true)]
    public void On_last_year_compares_year_to_dates(int lastYear, bool asked)
    {
        for (var month = 1; month <= 7; month++)
        {
            SetEffective($"2021-0{month}", month == 7 ? 20 : 1, month == 6 ? 80 : null); // 80 + 20, not the sum of months
        }

        var sheet = NewSubmission(Village, "2022-07", Petitions(20));
        sheet.FirstValue()["lastYear"] = lastYear;
        var findings = Decide(sheet).Findings;
        Assert.Equal(asked ? ["R07"] : [], findings.Select(finding => finding.Rule));
        Assert.All(findings, finding => Assert.Equal(100m, finding.Figures!["recorded"]));
    }

    [Fact]
    public void On_last_year_is_not_asked_where_last_year_is_not_whole()
    {
        SetEffective("2021-06", 20);
        SetEffective("2021-07", 20);
        var sheet = NewSubmission(Village, "2022-07", Petitions(20));
        sheet.FirstValue()["lastYear"] = 1;
        Assert.Empty(Decide(sheet).Findings);
    }

    [Fact]
    public void On_last_year_of_a_stock_compares_the_month()
    {
        SetEffective("2021-07", 100, indicator: "FIRMS");
        var sheet = NewSubmission(Village, "2022-07", Value("FIRMS", 100, "家"));
        sheet.FirstValue()["lastYear"] = 60;
        Assert.Equal(100m, Assert.Single(Decide(sheet).Findings).Figures!["recorded"]);
    }
}

public sealed class An_explanation
{
    [Theory]
    [InlineData("一次性大额订单")]
    [InlineData("无锡工厂停产检修")]
    [InlineData("更正5月份漏报的一笔")]
    [InlineData("One large order was booked")]
    [InlineData("Plant shutdown for repairs")]
    [InlineData("因设备检修停产半月")]
    [InlineData("新增一家企业并表")]
    [InlineData("ERP系统切换，合并入账")]
    [InlineData("订单延至次月交付")]
    [InlineData("甲乙两厂合并")]
    [InlineData("退税12万")]
    [InlineData("铜价涨30%")]
    [InlineData("按环保要求停产")]
    [InlineData("财务调账，跨期入账")]
    [InlineData("New kiln")]
    [InlineData("Price up 30%")]
    public void Is_taken_where_it_says_what_happened(string text) => Assert.True(ExplanationQuality.IsMeaningful(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("核实无误")]
    [InlineData("数据核实无误，情况属实。")]
    [InlineData("经核实，数据真实准确无误")]
    [InlineData("同上")]
    [InlineData("The data is correct.")]
    [InlineData("Verified and confirmed: figures are right")]
    [InlineData("OK OK OK")]
    [InlineData("无无无无无无")]
    [InlineData("1111111111")]
    [InlineData("12345")]
    [InlineData("20221231 / 626.17")]
    [InlineData("asdfg")]
    [InlineData("qwerty uiop")]
    [InlineData("sdfasdf jkljkl")]
    [InlineData("abcde fghij")]
    [InlineData("see note")]
    [InlineData("See attachment, please")]
    [InlineData("n/a n/a n/a")]
    [InlineData("as above")]
    [InlineData("no problem")]
    [InlineData("xxxxx yyyyy")]
    [InlineData("一二三四五")]
    [InlineData("甲乙丙丁戊")]
    [InlineData("十二万三千四百")]
    [InlineData("见备注")]
    [InlineData("详见附件说明")]
    [InlineData("数据没有问题")]
    [InlineData("如实填报，一切正常")]
    [InlineData("测试测试测试")]
    [InlineData("啊啊啊啊啊")]
    [InlineData("啊啊啊啊呀呀哦哦嗯嗯")]
    [InlineData("的的的了了了是是是在在")]
    [InlineData("领导已审阅同意")]
    [InlineData("按领导要求填报")]
    [InlineData("按照实际填写")]
    [InlineData("数据来源财务")]
    [InlineData("请审核通过谢谢")]
    [InlineData("一切以附件为准")]
    [InlineData("lorem ipsum dolor")]
    [InlineData("qazwsx edcrfv")]
    [InlineData("йцукен фывапр")]
    [InlineData("。。。。。。。。")]
    public void Is_refused_where_it_says_nothing_about_the_figure(string text) => Assert.False(ExplanationQuality.IsMeaningful(text));
}
