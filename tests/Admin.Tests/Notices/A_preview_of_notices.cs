namespace XilinIngest.Admin.Tests.Notices;

public sealed class A_preview_of_notices : IDisposable
{
    private const string Header = "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days,to\n";
    private const string Alert = """
        {"unit":"320404004202","indicator":"INDUSTRIAL_OUTPUT","year":2022,"period":"2022-08","colour":"amber","since":"2022-08","target":8,
        "reasonZh":"增长3%，目标8%。","reasonEn":"It grew by 3%; the target is 8%.","version":1,"cause":[7],
        "publishedAt":"2022-09-08T04:00:00+00:00"}
        """;

    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();

    public void Dispose() => _catalogue.Dispose();

    [Fact]
    public async Task Says_for_each_route_what_it_would_tell_to_whom_and_if_nothing_why()
    {
        Write("routes.csv", Header
            + "leaders,320404004000,,,,mail,zh,unit,,,,,,leader duty@xilin.example\n"
            + "red,,,,red,mail,zh,all,,,,,,duty@xilin.example\n"
            + "others,320404001000,,,,page,zh,all,,,,,,\n"
            + "sales,,,TRADE_CATERING_SALES,,page,zh,all,,,,,,\n");
        Write("contacts.csv", "unit,role,name,telephone,mail\n320404004202,leader,分管领导1,,leader1@xilin.example\n");
        Write("alert.json", Alert);

        var lines = (await RunAsync("alert.json", "zh")).AssertSucceeded().Output.Split('\n');

        Assert.StartsWith("✓ leaders：经渠道 mail 通知，分组 320404004202，最早 ", lines[0], StringComparison.Ordinal);
        Assert.Equal("  收件人：duty@xilin.example、leader1@xilin.example", lines[1]);
        Assert.EndsWith("：1项指标预警有变化", lines[2], StringComparison.Ordinal);
        Assert.Equal("  新增黄色预警：增长3%，目标8%。", lines[3]);
        Assert.Equal(
            ["– red：不通知，未达到该路由的级别。", "– others：不通知，不是该路由的单位。", "– sales：不通知，不是该路由的指标。"], lines[4..7]);
    }

    [Fact]
    public async Task Takes_the_answer_of_the_history_and_says_what_a_parent_silences()
    {
        Write("routes.csv", Header + "all,,,,,page,en,all,,,,,,\n");
        var silenced = Alert.Replace("\"since\"", "\"silencedBy\":\"320404004000\",\"since\"", StringComparison.Ordinal);
        Write("history.json", $"[{{\"id\":1,\"event\":\"AlertRaised\",\"data\":{silenced}}}]");

        var output = (await RunAsync("history.json", "en")).AssertSucceeded().Output;
        Assert.Equal("– all: tells nothing, its parent's alert silences it.", output.Trim());
    }

    [Fact]
    public async Task Says_which_silence_or_which_alert_above_holds_it_back()
    {
        Write("routes.csv", Header.Replace("to\n", "to,inhibit\n", StringComparison.Ordinal)
            + "every,,,,,page,zh,all,,,,,,,\ntop,,,,,page,zh,all,,,,,,,yes\n");
        Write("alert.json", Alert);
        Write("silences.json", """
            [{"number":7,"id":"01997f6c-2f0e-7cc1-9d1c-0d5f0a3f4b11","unit":"320404004000","level":"red","holds":true,
            "startsAt":"2022-01-01T00:00:00Z","endsAt":"2099-12-31T16:00:00Z","reason":"统一处置"}]
            """);
        Write("alerts.json", """
            [{"unit":"320404004000","unitZh":"西林街道","unitEn":"Xilin","indicator":"INDUSTRIAL_OUTPUT","indicatorZh":"产值",
            "indicatorEn":"Output","year":2022,"period":"2022-08","colour":"red","since":"2022-08","target":8,
            "reasonZh":"","reasonEn":"","targetKind":"growth"}]
            """);

        var silenced = (await RunAsync("alert.json", "zh", "--silences", _catalogue.In("silences.json"))).AssertSucceeded().Output;
        Assert.Equal("– every：不通知，第 7 号静默至 2100-01-01 00:00:00（统一处置）。", silenced.Split('\n')[0]);
        var inhibited = (await RunAsync("alert.json", "en", "--alerts", _catalogue.In("alerts.json"))).AssertSucceeded().Output;
        Assert.StartsWith("✓ every: ", inhibited, StringComparison.Ordinal);
        Assert.Contains(
            "– top: tells nothing, the alert of 320404004000 above it is told instead (inhibit).", inhibited, StringComparison.Ordinal);
        foreach (var option in new[] { "--silences", "--alerts" })
        {
            Assert.Equal(1, (await RunAsync("alert.json", "en", option, _catalogue.In("alert.json"))).ExitCode);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("no json")]
    [InlineData("[1]")]
    public async Task Says_where_a_file_has_no_alert(string text)
    {
        Write("alert.json", text);
        var result = await RunAsync("alert.json", "en");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("has no alert", result.Errors, StringComparison.Ordinal);
    }

    private void Write(string file, string text) => File.WriteAllText(_catalogue.In(file), text);

    private Task<ProgramResult> RunAsync(string alert, string language, params string[] more) => AdminProgram.RunAdminAsync(
        ["notify", "preview", _catalogue.In(alert), "--catalogue", _catalogue.Path, "--lang", language, .. more]);
}
