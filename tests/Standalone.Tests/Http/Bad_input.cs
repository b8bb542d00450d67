using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Http;

/// <summary>Bad input that can be read: one refused receipt with every finding, in both languages.</summary>
public sealed class Bad_input(InProcessService service) : IClassFixture<InProcessService>
{
    public static TheoryData<string, string[]> Bodies => new()
    {
        { Change(sheet => sheet.Set("unit", "320404999000")), ["F201"] },
        { Change(sheet => sheet.Set("period", "2022-13")), ["F203"] },
        { Change(sheet => sheet.Set("period", "2022年7月")), ["F203"] },
        { Change(sheet => sheet.Set("period", "2022-08")), ["F205"] },
        { Change(sheet => sheet.Set("period", "2022-05")), ["F206"] },
        { Change(sheet => sheet.Set("period", "2021-05")), ["F207"] },
        { Change(sheet => sheet.Set("period", "2019-05")), ["F204", "F202"] },
        { TestSubmissions.NewSubmission("91320404MA0000012Q", "2022-02", TestSubmissions.Value("INDUSTRIAL_OUTPUT", 1, "万元"))
            .Set("correction", new JsonObject { ["reason"] = "补报二月的产值" }).ToJsonString(), ["F202"] },
        { Change(sheet => sheet.Set("submissionId", null)), ["F107"] },
        { Change(sheet => sheet.Set("submissionId", "not-a-guid")), ["F107"] },
        { Change(sheet => sheet.Set("submittedAt", "2022-08-03")), ["F109"] },
        { Change(sheet => sheet.Set("submittedAt", "2022-09-03T09:14:00+08:00")), ["F110"] },
        { Change(sheet => sheet.Set("revision", 0)), ["F101"] },
        { Change(sheet => sheet.Set("revision", 1.5m)), ["F101"] },
        { Change(sheet => sheet.Set("valeus", 1)), ["F102"] },
        { Change(sheet => sheet.Set("values", new JsonArray())), ["F103"] },
        { Change(sheet => sheet.Set("values", null)), ["F103"] },
        { Change(sheet => sheet.Set("values", new JsonArray(1, "two"))), ["F101"] },
        { Values(TestSubmissions.Value("NO_SUCH", 1, "家")), ["F301"] },
        { Values(XilinSubmissions.Budget(1)), ["F302"] },
        { Values(XilinSubmissions.Visits(3), XilinSubmissions.Visits(4)), ["F304"] },
        { Values(TestSubmissions.Value("ENTERPRISE_VISITS", 3, "户")), ["F307"] },
        { Values(new JsonObject { ["indicator"] = "ENTERPRISE_VISITS", ["value"] = 3 }), ["F307"] },
        { Values(XilinSubmissions.Visits(3), TestSubmissions.Value("MAJIA_HOUSES_CLEARED", 3, "家"),
            TestSubmissions.Value("SUPPLY_PACKS", -1, "份")), ["F307", "F308"] },
        { Values(XilinSubmissions.Visits(-3)), ["F308"] },
        { Values(new JsonObject { ["indicator"] = "ENTERPRISE_VISITS", ["unit"] = "家" }), ["F305"] },
        { Number("\"NaN\""), ["F306"] },
        { Number("\"3\""), ["F306"] },
        { Number("1e3"), ["F306"] },
        { Number("1E-2"), ["F306"] },
        { Number("1234567890123456789012345678901234567890"), ["F306"] },
        { Number("0.1234567"), ["F306"] },
        { Number("79228162514264337593543950336"), ["F306"] },
        { Number("-1e400"), ["F306"] },
        { Values(Rate(null, null)), ["F309"] },
        { Values(Rate(3, 0)), ["F309"] },
        { Values(Rate(7, 6)), ["R08"] },
        { Change(sheet =>
            sheet.Set("explanations",
                new JsonArray(new JsonObject { ["rule"] = "R01", ["indicator"] = "ENTERPRISE_VISITS", ["text"] = "核实无误" }))), ["F401"] },
        { Change(sheet => sheet.Set("correction", new JsonObject { ["reason"] = "无" })), ["F402"] },
        { Change(sheet => sheet.Set("unit", "x").Set("period", "y").Set("revision", "z").Set("submittedAt", 7).Set("values", "w")),
            ["F101", "F109", "F201", "F203"] },
        { "{}", ["F103", "F107", "F109", "F201", "F203"] },
        { Change(sheet => sheet["values"]![0]!["note"] = new string('长', 501)), ["F104"] },
        { Change(sheet => sheet["values"]![0]!["note"] = new string('x', 300_000)), ["F106"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Gets_one_refused_receipt_with_every_finding_in_both_languages(string body, string[] rules)
    {
        var (status, receipt) = await service.PostAsync(XilinSubmissions.Body(body));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("refused", (string?)receipt["verdict"]);
        Assert.True((long)receipt["sequence"]! > 0);
        Assert.Equal(64, ((string)receipt["leafHash"]!).Length);
        var findings = receipt["findings"]!.AsArray();
        Assert.Empty(rules.Except(findings.Select(finding => (string)finding!["rule"]!)));
        Assert.All(findings, finding =>
        {
            Assert.Matches("[\\u4e00-\\u9fff]", (string)finding!["messageZh"]!);
            Assert.Matches("[\\u4e00-\\u9fff]", (string)finding["remedyZh"]!);
            Assert.DoesNotMatch("^$", (string)finding["messageEn"]!);
            Assert.DoesNotMatch("^$", (string)finding["remedyEn"]!);
        });
    }

    [Fact]
    public async Task A_jump_of_ten_thousand_times_asks_and_an_explanation_answers()
    {
        foreach (var month in new[] { "2022-06", "2022-07" })
        {
            var jump = month == "2022-07";
            var sheet = TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, month, XilinSubmissions.Budget(jump ? 15_000_000 : 1_500));
            var (status, receipt) = await service.PostAsync(sheet.Body());
            Assert.Equal(jump ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK, status);
            Assert.Equal(jump ? ["R03"] : [], receipt["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]));
        }

        var explained = TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(15_000_000))
            .Set("explanations",
                new JsonArray(new JsonObject { ["rule"] = "R03", ["indicator"] = "PUBLIC_BUDGET_REVENUE", ["text"] = "一次性土地出让收入入库" }));
        var (taken, answer) = await service.PostAsync(explained.Body());
        Assert.Equal(HttpStatusCode.OK, taken);
        Assert.Equal("explained", (string?)Assert.Single(answer["findings"]!.AsArray())!["severity"]);
    }

    [Fact]
    public async Task The_same_body_again_gets_the_same_receipt_to_the_byte()
    {
        foreach (var body in new[] { XilinSubmissions.ValidSubmission().ToJsonString(), "{}",
            Change(sheet => sheet.Set("unit", "nowhere")) })
        {
            var first = await BytesAsync(body);
            await service.PostAsync(XilinSubmissions.ValidSubmission().Body());
            Assert.Equal(first, await BytesAsync(body));
        }
    }

    [Fact]
    public async Task A_used_id_with_another_content_is_refused_and_the_first_stands()
    {
        var first = XilinSubmissions.ValidSubmission();
        var id = (string)first["submissionId"]!;
        var (_, receipt) = await service.PostAsync(first.Body());
        var (status, refused) =
            await service.PostAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(99))
                .Set("submissionId", id).Body());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(id, (string?)refused["submissionId"]);
        Assert.Contains("F108", refused["findings"]!.AsArray().Select(finding => (string?)finding!["rule"]));
        Assert.NotEqual((long)receipt["sequence"]!, (long)refused["sequence"]!);
        Assert.True(JsonNode.DeepEquals(receipt, (await service.PostAsync(first.Body())).Answer));
    }

    [Fact]
    public async Task A_pack_gets_a_receipt_for_each_in_order_good_and_bad()
    {
        var pack = new JsonObject
        {
            ["submissions"] =
            new JsonArray(XilinSubmissions.ValidSubmission().Set("revision", 50), XilinSubmissions.ValidSubmission().Set("unit", "x"),
                XilinSubmissions.ValidSubmission().Set("unit", "320404004202"), 7)
        };
        var (status, answer) = await service.PostAsync(pack.Body());
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["accepted", "refused", "accepted", "refused"],
            answer["receipts"]!.AsArray().Select(receipt => (string?)receipt!["verdict"]));
    }

    private async Task<string> BytesAsync(string body)
    {
        using var answer = await service.Client.PostAsync("/api/submissions", XilinSubmissions.Body(body));
        return Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync());
    }

    private static string Change(Action<JsonObject> change)
    {
        var sheet = XilinSubmissions.ValidSubmission();
        change(sheet);
        return sheet.ToJsonString();
    }

    private static string Values(params JsonObject[] values) => Change(sheet => sheet.Set("values", new JsonArray(values)));

    private static string Number(string text) =>
        new StringBuilder(XilinSubmissions.ValidSubmission().ToJsonString()).Replace("\"value\":3", "\"value\":" + text).ToString();

    private static JsonObject Rate(decimal? numerator, decimal? denominator) => new()
    {
        ["indicator"] = "DUST_CONTROL_RATE",
        ["unit"] = "%",
        ["value"] = 100,
        ["numerator"] = numerator,
        ["denominator"] = denominator,
    };
}
