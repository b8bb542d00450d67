using System.Text;
using System.Text.Json.Nodes;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Submissions.Tests;

public sealed class A_submission_that_is_wrong
{
    /// <summary>What is wrong, how it is made, and the one finding.</summary>
    private static readonly Dictionary<string, (Func<JsonObject> Sheet, string Finding)> Wrong = new()
    {
        ["a unit of the wrong type"] = (() => ValidSubmission().Set("unit", 320404007201), "F101 F201"),
        ["a revision of zero"] = (() => ValidSubmission().Set("revision", 0), "F101"),
        ["a revision with a fraction"] = (() => ValidSubmission().Set("revision", JsonNode.Parse("1.5")), "F101"),
        ["values that are no array"] = (() => ValidSubmission().Set("values", new JsonObject()), "F101"),
        ["a value that is no object"] = (() => ValidSubmission().Set("values", new JsonArray(1)), "F101"),
        ["an explanation that is no object"] = (() => ValidSubmission().Set("explanations", new JsonArray("x")), "F101"),
        ["a control character"] = (() => ValidSubmission().Set("submittedBy", "a\u0007b"), "F101"),
        ["a misspelt field"] = (() => ValidSubmission().Set("Revision", 1), "F102"),
        ["a misspelt field of a value"] = (() => { var sheet = ValidSubmission(); sheet.FirstValue()["vaule"] = 3; return sheet; }, "F102"),
        ["no values"] = (() => ValidSubmission().Set("values", new JsonArray()), "F103"),
        ["values that are null"] = (() => ValidSubmission().Set("values", null), "F103"),
        ["a revision that is null"] = (() => ValidSubmission().Set("revision", null), "F103"),
        ["a long name"] = (() => ValidSubmission().Set("submittedBy", new string('王', 101)), "F104"),
        ["too many values"] =
        (() => ValidSubmission().Set("values", new JsonArray([.. Enumerable.Range(0, 201).Select(_ => Petitions(1))])), "F105"),
        ["300 KiB"] = (() => ValidSubmission().Set("submittedBy", new string('x', 300 * 1024)), "F106"),
        ["10 MB"] = (() => ValidSubmission().Set("submittedBy", new string('x', 10_000_000)), "F106"),
        ["no id"] = (() => ValidSubmission().Set("submissionId", null), "F107"),
        ["an id that is none"] = (() => ValidSubmission().Set("submissionId", "7"), "F107"),
        ["an id of zeros"] = (() => ValidSubmission().Set("submissionId", Guid.Empty.ToString()), "F107"),
        ["no time"] = (() => ValidSubmission().Set("submittedAt", null), "F109"),
        ["a time without an offset"] = (() => ValidSubmission().Set("submittedAt", "2022-08-03T09:14:00"), "F109"),
        ["a time that is none"] = (() => ValidSubmission().Set("submittedAt", "2022-02-30T09:14:00Z"), "F109"),
        ["a time in the future"] = (() => ValidSubmission().Set("submittedAt", "2022-08-05T09:01:00+08:00"), "F110"),
        ["the last moment of all"] = (() => ValidSubmission().Set("submittedAt", "9999-12-31T23:59:59Z"), "F110"),
        ["the first moment of all"] = (() => ValidSubmission().Set("submittedAt", "0001-01-01T00:00:00Z"), "F111"),
        ["a time before the calendar begins"] = (() => ValidSubmission().Set("submittedAt", "2020-12-31T23:59:59+08:00"), "F111"),
        ["a time before the calendar begins, as far away as it gets"] =
        (() => ValidSubmission().Set("submittedAt", "0001-01-01T00:00:00-14:00"), "F111"),
        ["an unknown unit"] = (() => ValidSubmission().Set("unit", "320404007999"), "F201"),
        ["a unit with a wrong check character"] = (() => ValidSubmission().Set("unit", "91350100M000100Y44"), "F201"),
        ["no unit"] = (() => ValidSubmission().Set("unit", null), "F201"),
        ["a month before the unit existed"] = (() => ValidSubmission().Set("unit", NewVillage), "F202"),
        ["a malformed month"] = (() => ValidSubmission().Set("period", "2022-7"), "F203"),
        ["no month"] = (() => ValidSubmission().Set("period", null), "F203"),
        ["a month beyond the calendar"] = (() => ValidSubmission().Set("period", "2099-01"), "F204"),
        ["a month in the future"] = (() => ValidSubmission().Set("period", "2022-09"), "F205"),
        ["a closed month"] = (() => ValidSubmission().Set("period", "2022-05"), "F206"),
        ["a locked month"] = (() => ValidSubmission().Set("period", "2021-05"), "F207"),
        ["an unknown indicator"] = (() => NewSubmission(Village, "2022-07", Value("GDP", 1, "万元")), "F301"),
        ["an indicator that is no code"] = (() => NewSubmission(Village, "2022-07", Value("社零", 1, "万元")), "F301"),
        ["an indicator of another kind of unit"] = (() => NewSubmission(Village, "2022-07", Sales(1)), "F302"),
        ["an exempt January"] = (() => NewSubmission(Firm, "2022-01", Sales(1)).Set("correction", ReasonOf("补报漏报的合同")), "F303"),
        ["an indicator twice"] = (() => NewSubmission(Village, "2022-07", Petitions(1), Petitions(1)), "F304"),
        ["no value"] = (() => { var sheet = ValidSubmission(); sheet.FirstValue().Remove("value"); return sheet; }, "F305"),
        ["a figure given and withdrawn"] =
        (() => { var sheet = ValidSubmission(); sheet.FirstValue()["withdraw"] = new JsonArray("value"); return sheet; }, "F312"),
        ["a year-to-date given and withdrawn"] =
        (() =>
        {
            var sheet = ValidSubmission(); sheet.FirstValue()["yearToDate"] = 5;
            sheet.FirstValue()["withdraw"] = new JsonArray("yearToDate"); return sheet;
        }, "F312"),
        ["a part of a rate withdrawn"] =
        (() =>
        {
            var sheet = NewSubmission(Village, "2022-07", Rate(1, 2)); sheet.FirstValue()["withdraw"] = new JsonArray("denominator");
            return sheet;
        }, "F311"),
        ["something else withdrawn"] =
        (() => { var sheet = ValidSubmission(); sheet.FirstValue()["withdraw"] = new JsonArray("note"); return sheet; }, "F311"),
        ["withdrawn by a word"] =
        (() => { var sheet = ValidSubmission(); sheet.FirstValue()["withdraw"] = "value"; return sheet; }, "F101"),
        ["another unit of measure"] = (() => NewSubmission(Village, "2022-07", Value("PETITIONS", 1, "次")), "F307"),
        ["mixed units of measure"] = (() => NewSubmission(Village, "2022-07", Petitions(1), Value("PROFIT", 1, "亿元")), "F307"),
        ["no unit of measure"] = (() => { var sheet = ValidSubmission(); sheet.FirstValue().Remove("unit"); return sheet; }, "F307"),
        ["a negative value"] = (() => NewSubmission(Village, "2022-07", Petitions(-1)), "F308"),
        ["a negative last year"] = (() => { var sheet = ValidSubmission(); sheet.FirstValue()["lastYear"] = -1; return sheet; }, "F308"),
        ["a rate without its parts"] = (() => NewSubmission(Village, "2022-07", Value("VACCINATION", 95, "%")), "F309"),
        ["a rate over nothing"] = (() => NewSubmission(Village, "2022-07", Rate(1, 0)), "F309"),
        ["parts of what is no rate"] =
        (() => { var sheet = ValidSubmission(); sheet.FirstValue()["numerator"] = 1; return sheet; }, "F310"),
        ["a year-to-date of a stock"] =
        (() =>
        {
            var sheet = NewSubmission(Village, "2022-07", Value("FIRMS", 1, "家")); sheet.FirstValue()["yearToDate"] = 1; return sheet;
        }, "F310"),
        ["last year of a rate"] =
        (() => { var sheet = NewSubmission(Village, "2022-07", Rate(1, 2)); sheet.FirstValue()["lastYear"] = 1; return sheet; }, "F310"),
        ["an explanation that explains nothing"] =
        (() => ValidSubmission().Set("explanations", new JsonArray(Because("R01", "核实无误"))), "F401"),
        ["an explanation of a rule that is none"] =
        (() => ValidSubmission().Set("explanations", new JsonArray(Because("R99", "设备集中入账所致"))), "F403"),
        ["an explanation of nothing"] =
        (() => ValidSubmission().Set("explanations", new JsonArray(new JsonObject { ["rule"] = "R01" })), "F103"),
        ["a correction without a reason"] = (() => ValidSubmission().Set("period", "2022-05").Set("correction", ReasonOf("数据正确")), "F402"),
    };

    public static TheoryData<string> Cases => [.. Wrong.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Is_refused_with_a_finding_in_both_languages(string wrong)
    {
        var submission = Wrong[wrong].Sheet().Read();
        Assert.Equal(Wrong[wrong].Finding, string.Join(' ', submission.RuleIds()));
        var decision = submission.Decide();
        Assert.Equal(Contracts.Verdict.Refused, decision.Verdict);
        Assert.All(decision.Findings, FindingAssertions.AssertComplete);
    }

    [Theory]
    [InlineData("1e5")]
    [InlineData("1E400")]
    [InlineData("1e-2")]
    [InlineData("\"NaN\"")]
    [InlineData("\"3\"")]
    [InlineData("true")]
    [InlineData("[3]")]
    [InlineData("{}")]
    [InlineData("1234567890123456789012345678901234567890")]
    [InlineData("1234567890123456")]
    [InlineData("0.1234567")]
    [InlineData("-1234567890123456")]
    [InlineData("\"\\ud800\"")]
    public void Has_no_figure_that_is_not_a_plain_number(string number)
    {
        foreach (var field in new[] { "value", "yearToDate", "lastYear" })
        {
            var submission =
                SubmissionTestReader.Read(
                    ValidSubmission().ToJsonString().Replace("\"value\":3", $"\"value\":3,\"{field}\":{number}", StringComparison.Ordinal)
                .Replace("\"value\":3,\"value\"", "\"value\"", StringComparison.Ordinal));
            Assert.Equal(["F306"], submission.RuleIds());
            FindingAssertions.AssertComplete(submission.Findings[0]);
        }
    }

    /// <summary>The escapes of JSON, which no one typed, are not shown.</summary>
    [Theory]
    [InlineData("""{"date":"12\u67081\u65e5"}""", "F314", "信访 的日期不对：“12月1日”。", "“12月1日” is not a date.")]
    [InlineData("""{"value":"\u5341\u4e8c"}""", "F306", "信访 的 value 不是可接受的数：文本“十二”。", "value is not an acceptable number: the text “十二”.")]
    [InlineData("""{"withdraw":["\u672c\u6708"]}""", "F311", "withdraw 中没有可撤回的 “本月”。", "'withdraw' names “本月”")]
    public void Is_quoted_as_it_was_written(string fields, string rule, string zh, string en)
    {
        var sent = ValidSubmission().ToJsonString().Replace("\"value\":3", fields.Trim('{', '}'), StringComparison.Ordinal);
        var finding = SubmissionTestReader.Read(sent).Findings.Single(finding => finding.Rule == rule);
        Assert.Contains(zh, finding.MessageZh, StringComparison.Ordinal);
        Assert.Contains(en, finding.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Hears_of_everything_at_once()
    {
        var sheet = NewSubmission(Village, "2022-13", Value("PETITIONS", -1, "次"), Value("GDP", 1, "万元"), Petitions(1), Sales(1))
            .Set("submissionId", "x").Set("submittedAt", "yesterday").Set("extra", 1).Set("unit", Firm);
        sheet["explanations"] = new JsonArray(Because("R01", "同上"));
        Assert.Equal(["F102", "F107", "F109", "F203", "F301", "F304", "F307", "F308", "F401"], sheet.Read().RuleIds().Order());
    }

    [Fact]
    public void Hears_of_everything_about_one_value()
    {
        var sheet = NewSubmission(Village, "2022-07", Value("RETAIL_SALES", null, "亿元"));
        sheet.FirstValue()["value"] = "十";
        sheet.FirstValue()["yearToDate"] = -5;
        Assert.Equal(["F302", "F306", "F307", "F308"], sheet.Read().RuleIds().Order());
    }

    [Fact]
    public void Names_the_figures_it_compared()
    {
        var finding = Assert.Single(NewSubmission(Village, "2022-07", Petitions(-12.5m)).Read().Findings);
        Assert.Equal(("PETITIONS", -12.5m), (finding.Indicator, finding.Figures!["value"]));
    }
}

public sealed class A_body_that_no_one_can_read
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"value\":NaN}")]
    [InlineData("{\"value\":1,}")]
    [InlineData("{\"unit\":1,\"unit\":2}")]
    [InlineData("{\"unit\":1,\"\\u0075nit\":2}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"submissions\":[]}")]
    [InlineData("{\"submissions\":{}}")]
    public void Is_said_to_be_unreadable_in_both_languages(string text) => AssertUnreadable(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void Is_one_that_is_nested_too_deep() => AssertUnreadable(Encoding.UTF8.GetBytes(new string('[', 100_000)));

    [Fact]
    public void Is_one_that_is_no_UTF_8() => AssertUnreadable([.. "{\"unit\":\""u8, 0xFF, .. "\"}"u8]);

    [Fact]
    public void Is_a_pack_of_more_than_500() =>
        AssertUnreadable(Encoding.UTF8.GetBytes($"{{\"submissions\":[{string.Join(',', Enumerable.Repeat("{}", 501))}]}}"));

    [Fact]
    public void Is_a_pack_with_a_submission_beside_it() =>
        AssertUnreadable(Encoding.UTF8.GetBytes("""{"submissions":[{}],"unit":"320404007201"}"""));

    [Fact]
    public void Is_none_that_begins_with_a_byte_order_mark() =>
        Assert.Empty(SubmissionTestReader.Read((byte[])[0xEF, 0xBB, 0xBF, .. ValidSubmission().Bytes()]).Single().Findings);

    private static void AssertUnreadable(byte[] body)
    {
        var thrown = Assert.Throws<UnreadableBodyException>(() => SubmissionTestReader.Read(body));
        Assert.Contains(thrown.MessageZh, c => c is >= '一' and <= '龥');
        Assert.Contains(thrown.Message, char.IsAsciiLetter);
    }
}
