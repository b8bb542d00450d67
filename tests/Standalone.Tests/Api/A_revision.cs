using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

public sealed class A_revision(InProcessService service) : IClassFixture<InProcessService>
{
    private const string Ranking = $"parent={XilinSubmissions.District}&indicator=PUBLIC_BUDGET_REVENUE&period=2022-07";
    private const string Total = $"unit={XilinSubmissions.Wuxing}&indicator=PUBLIC_BUDGET_REVENUE&period=2022-07";

    [Fact]
    public async Task Makes_a_second_version_that_names_its_row_and_the_first_stays_as_it_was_said()
    {
        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_500)));
        var first = Assert.Single((await service.GetAsync($"/api/totals/versions?{Total}")).AsArray())!;
        var ranking = await service.GetAsync($"/api/rankings?{Ranking}");

        var sequence =
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_600)).Set("revision", 2));
        var versions = (await service.GetAsync($"/api/totals/versions?{Total}")).AsArray();
        Assert.Equal([2, 1], versions.Select(version => (int)version!["totals"]![0]!["version"]!));
        Assert.Equal([sequence], versions[0]!["totals"]![0]!["cause"]!.AsArray().Select(cause => (long)cause!));
        Assert.Equal(1_600m, (decimal)versions[0]!["totals"]![0]!["month"]!);
        Assert.True(JsonNode.DeepEquals(first, versions[1]));
        Assert.True(JsonNode.DeepEquals(ranking, await service.GetAsync($"/api/rankings?{Ranking}&version=1")));

        // An older revision that comes late changes nothing, and says so.
        var (_, late) =
            await service.PostAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_400))
                .Set("submittedAt", "2022-08-01T00:00:00Z").Body());
        Assert.Equal("superseded", (string?)late["verdict"]);
        await service.WaitUntilAppliedAsync((long)late["sequence"]!);
        Assert.Equal(2, (await service.GetAsync($"/api/totals/versions?{Total}")).AsArray().Count);
    }

    [Fact]
    public async Task Shows_who_is_still_missing_and_who_is_late()
    {
        const string Of = $"/api/completeness?unit={XilinSubmissions.Xilin}&period=2022-06";
        var before = await service.GetAsync(Of);
        Assert.Contains(before["missing"]!.AsArray(), missing => (string?)missing!["unit"] == XilinSubmissions.Dongdai
            && (bool)missing["late"]!);
        var due = before["missing"]!.AsArray()
            .Single(missing => (string?)missing!["unit"] == XilinSubmissions.Dongdai)!["indicators"]!.AsArray()
            .Select(code => (string)code!).ToList();
        await service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-06", XilinSubmissions.Visits(4)));
        var after = (await service.GetAsync(Of))["missing"]!.AsArray()
            .Single(missing => (string?)missing!["unit"] == XilinSubmissions.Dongdai);
        Assert.Equal(due.Except(["ENTERPRISE_VISITS"]), after!["indicators"]!.AsArray().Select(code => (string?)code));
        var current = await service.GetAsync($"/api/completeness?unit={XilinSubmissions.Xilin}&period=2022-07");
        Assert.All(current["missing"]!.AsArray(), missing => Assert.False((bool)missing!["late"]!));
    }

    [Fact]
    public async Task Keeps_script_in_a_note_as_text_of_JSON()
    {
        const string Script = "<script>alert(1)</script>";
        var sheet = TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(3))
            .Set("submittedBy", Script);
        sheet["values"]![0]!["note"] = Script;
        var (_, receipt) =
            await service.PostAsync(
                XilinSubmissions.Body(
                    sheet.ToJsonString()
                    .Replace("\\u003C", "<", StringComparison.Ordinal).Replace("\\u003E", ">", StringComparison.Ordinal)));
        var sequence = (long)receipt["sequence"]!;
        foreach (var path in new[] { $"/api/submissions/{sequence}", "/api/submissions", $"/api/totals?unit={Script}&period=2022-07",
            $"/api/submissions?unit={Script}" })
        {
            using var answer = await service.Client.GetAsync(path);
            Assert.Contains(answer.Content.Headers.ContentType?.MediaType, new[] { "application/json", "application/problem+json" });
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains(Script, (string?)(await service.GetAsync($"/api/submissions/{sequence}"))["body"], StringComparison.Ordinal);
    }
}
