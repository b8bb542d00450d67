using System.Text.Json.Nodes;

namespace XilinIngest.Dashboard.Tests.Why;

[Collection("site")]
public sealed class The_origin_of_a_number(DashboardSite site)
{
    private const string Unit = "320404116000";
    private const string Period = "2022-12";

    [Fact]
    public async Task Is_shown_with_the_reason_and_with_the_submission_where_it_comes_from_another_installation()
    {
        // The figure stays what it is, so that no other test meets another total.
        var form = await site.GetJsonAsync($"/api/form?unit={Unit}&period={Period}");
        var stood = (decimal)form["entries"]!.AsArray().Single(entry => (string)entry!["indicator"]! == "SUPPLY_PACKS")!["now"]!["value"]!;
        var receipt = await site.SubmitAsync(
            TestSubmissions.NewSubmission(Unit, Period, TestSubmissions.Value("SUPPLY_PACKS", stood, "份"))
                .Set("submittedAt", "2023-01-06T09:00:00+08:00").Set("revision", (int)form["nextRevision"]!)
                .Set("correction", new JsonObject { ["reason"] = "由镇的系统汇总上报" })
                .Set("origin", new JsonObject
                {
                    ["source"] = "邹区镇<1>",
                    ["unit"] = Unit,
                    ["checkpoint"] = new JsonObject
                    {
                        ["treeSize"] = 1960,
                        ["root"] = new string('b', 64),
                        ["time"] = "2023-01-06T01:00:00Z",
                        ["origin"] = "street.example/xilin",
                        ["signatures"] = new JsonArray("— street.example/xilin AAAAAAA="),
                    },
                    ["totals"] = new JsonArray(new JsonObject { ["indicator"] = "SUPPLY_PACKS", ["version"] = 4, ["state"] = "complete" }),
                }));
        Assert.Equal("accepted", (string?)receipt["verdict"]);

        await using var reader = await site.OpenAsync($"/why?unit={Unit}&period={Period}&indicator=SUPPLY_PACKS");
        await Assertions.Expect(reader.Page.Locator("[data-origin]")).ToHaveTextAsync(
            $"邹区镇<1>（{Unit}）发布的汇总数，依据其台账前 1960 号的签名检查点，第 4 版（已报齐）");
        await reader.Page.Locator($"a[href='/submissions/{receipt["sequence"]}']").First.ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-origin]")).ToHaveTextAsync(
            $"邹区镇<1>（{Unit}）发布的汇总数，依据其台账前 1960 号的签名检查点");
    }
}
