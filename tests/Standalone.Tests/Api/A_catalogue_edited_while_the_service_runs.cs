namespace XilinIngest.Standalone.Tests.Api;

public sealed class A_catalogue_edited_while_the_service_runs
{
    private const string July = "2022-07";

    [Fact]
    public async Task Makes_alerts_of_a_new_target_and_changes_and_clears_them_with_the_figures()
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var service = await InProcessService.StartAsync(catalogue.Path);
        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-06", XilinSubmissions.Budget(1_000)).Set("correction", Reason));
        await service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, July, XilinSubmissions.Budget(1_000)));
        Assert.Empty((await service.GetAsync(Alerts)).AsArray());

        // Two of seven months are in: only a first half-year that is closed makes the year complete up to July.
        for (var month = 1; month <= 5; month++)
        {
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, $"2022-0{month}", XilinSubmissions.Budget(1_000))
                .Set("correction", Reason));
        }

        catalogue.Edit("targets.csv", text => text + $"{XilinSubmissions.Wuxing},PUBLIC_BUDGET_REVENUE,2022,amount,14300,\n");
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync(Alerts)).AsArray().Count == 1);
        await HistoryAsync(service, "AlertRaised");

        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, July, XilinSubmissions.Budget(150))
            .Set("revision", 2).Set("explanations", Explained));
        await HistoryAsync(service, "AlertChanged", "AlertRaised");

        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, July, XilinSubmissions.Budget(6_000)).Set("revision", 3));
        await HistoryAsync(service, "AlertCleared", "AlertChanged", "AlertRaised");
        Assert.Empty((await service.GetAsync(Alerts)).AsArray());
    }

    [Fact]
    public async Task Takes_none_at_all_as_a_target_and_says_why_an_alert_ends_with_its_target()
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var service = await InProcessService.StartAsync(catalogue.Path);
        for (var month = 1; month <= 7; month++)
        {
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, $"2022-0{month}",
                    TestSubmissions.Value("PETITIONS_AT_KEY_TIMES", month == 3 ? 2 : 0, "人次")).Set("correction", Reason));
        }

        catalogue.Edit("targets.csv", text => text + $"{XilinSubmissions.Dongdai},PETITIONS_AT_KEY_TIMES,2022,amount,0,\n");
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync(OfDongdai)).AsArray().Count == 1);
        var alert = (await service.GetAsync(OfDongdai)).AsArray()[0]!;
        Assert.Equal(("red", "2022-03"), ((string?)alert["colour"], (string?)alert["since"]));
        Assert.Equal("东岱村2022年7月重大敏感节点期间上访年初以来2人次，全年目标为零。", (string?)alert["reasonZh"]);

        catalogue.Edit("targets.csv",
            text => text.Replace($"{XilinSubmissions.Dongdai},PETITIONS_AT_KEY_TIMES,2022,amount,0,\n", "", StringComparison.Ordinal));
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync(OfDongdai)).AsArray().Count == 0);
        var cleared = (await service.GetAsync($"/api/alerts/history?year=2022&unit={XilinSubmissions.Dongdai}")).AsArray()[0]!;
        Assert.Equal(("AlertCleared", "东岱村重大敏感节点期间上访的目标已取消。"), ((string?)cleared["event"], (string?)cleared["data"]!["reasonZh"]));
    }

    [Fact]
    public async Task Stays_as_it_was_after_a_bad_edit_and_shows_the_faults_until_mended()
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var service = await InProcessService.StartAsync(catalogue.Path);
        var before = (await service.GetAsync("/api/indicators")).ToJsonString();
        var good = File.ReadAllText(catalogue.In("indicators.csv"));
        catalogue.Edit("indicators.csv", text => text.Replace(",flow,", ",flood,", StringComparison.Ordinal));
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync("/api/catalogue/faults")).AsArray().Count > 1);
        var fault = (await service.GetAsync("/api/catalogue/faults")).AsArray()[0]!;
        Assert.Contains("indicators.csv:2", (string?)fault["en"], StringComparison.Ordinal);
        Assert.Contains("flood", (string?)fault["zh"], StringComparison.Ordinal);
        Assert.Equal(before, (await service.GetAsync("/api/indicators")).ToJsonString());
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());

        File.WriteAllText(catalogue.In("indicators.csv"), good);
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync("/api/catalogue/faults")).AsArray().Count == 0);
    }

    [Fact]
    public async Task Is_held_to_what_the_figures_were_recorded_as_and_free_where_there_are_none()
    {
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var service = await InProcessService.StartAsync(catalogue.Path);
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());
        var good = File.ReadAllText(catalogue.In("indicators.csv"));
        catalogue.Edit("indicators.csv",
            text => text.Replace("走访企业,Enterprise visits,家,flow,village", "走访企业,Enterprise visits,家,flow,street",
                StringComparison.Ordinal));
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync("/api/catalogue/faults")).AsArray().Count == 1);
        var fault = (await service.GetAsync("/api/catalogue/faults")).AsArray()[0]!;
        Assert.StartsWith("indicators.csv:19 reported_by: indicator ENTERPRISE_VISITS was changed from village to street",
            (string?)fault["en"], StringComparison.Ordinal);
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission().Set("revision", 2));

        File.WriteAllText(catalogue.In("indicators.csv"),
            good.Replace("Packs of daily supplies handed out,份,flow", "Packs of daily supplies handed out,箱,flow",
                StringComparison.Ordinal));
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync("/api/catalogue/faults")).AsArray().Count == 0);
        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", TestSubmissions.Value("SUPPLY_PACKS", 5, "箱"))
            .Set("revision", 3));
        File.WriteAllText(catalogue.In("indicators.csv"), good);
        await InProcessService.EventuallyAsync(async () => (await service.GetAsync("/api/catalogue/faults")).AsArray().Count == 1);
    }

    private static string Alerts => $"/api/alerts?year=2022&unit={XilinSubmissions.Wuxing}";

    private static string OfDongdai => $"/api/alerts?year=2022&unit={XilinSubmissions.Dongdai}";

    private static System.Text.Json.Nodes.JsonObject Reason => new() { ["reason"] = "补报以前月份的数据" };

    private static System.Text.Json.Nodes.JsonArray Explained => new(new System.Text.Json.Nodes.JsonObject
    {
        ["rule"] = "R04",
        ["indicator"] = "PUBLIC_BUDGET_REVENUE",
        ["text"] = "集中退税，本月入库很少",
    });

    private static Task HistoryAsync(InProcessService service, params string[] newestFirst) => InProcessService.EventuallyAsync(async () =>
        (await service.GetAsync($"/api/alerts/history?year=2022&unit={XilinSubmissions.Wuxing}")).AsArray()
        .Select(entry => (string?)entry!["event"]).SequenceEqual(newestFirst));
}
