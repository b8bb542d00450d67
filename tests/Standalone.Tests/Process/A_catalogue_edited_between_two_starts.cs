namespace XilinIngest.Standalone.Tests;

/// <summary>The figures of the first start are what the catalogue of the second is held to.</summary>
public sealed class A_catalogue_edited_between_two_starts : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _data = new();
    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();

    public async Task InitializeAsync()
    {
        await using var service = await InProcessService.StartAsync(_catalogue.Path, _data);
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission());
        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_000)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _data.Dispose();
        _catalogue.Dispose();
    }

    [Theory]
    [InlineData("zh", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,次,flow",
        "indicators.csv:19 unit：指标 ENTERPRISE_VISITS 由 家 改为 次，而历史数据按 家 记录；请恢复原值；另立新代码作为新指标。")]
    [InlineData("en", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,次,flow",
        "indicators.csv:19 unit: indicator ENTERPRISE_VISITS was changed from 家 to 次, but history is recorded as 家; put it back, and give "
        + "what is new a code of its own.")]
    [InlineData("en", "走访企业,Enterprise visits,家,flow", "走访企业,Enterprise visits,家,stock",
        "indicators.csv:19 kind: indicator ENTERPRISE_VISITS was changed from flow to stock, but history is recorded as flow; put it "
        + "back, and give what is new a code of its own.")]
    [InlineData("en", "走访企业,Enterprise visits,家,flow,village", "走访企业,Enterprise visits,家,flow,street",
        "indicators.csv:19 reported_by: indicator ENTERPRISE_VISITS was changed from village to street, but history is recorded as "
        + "village; put it back, and give what is new a code of its own.")]
    [InlineData("zh", "走访企业,Enterprise visits,家,flow,village,", "走访企业,Enterprise visits,家,flow,village,industry",
        "indicators.csv:19 register：指标 ENTERPRISE_VISITS 由 空 改为 industry，而历史数据按 空 记录；请恢复原值；另立新代码作为新指标。")]
    [InlineData("zh", "走访企业,Enterprise visits,家,flow,village,,,", "走访企业,Enterprise visits,家,flow,village,,2022,2023",
        "indicators.csv:19 january_exempt_from：指标 ENTERPRISE_VISITS 在 2022 年是否1月免报被改动，而这些年已有数据，按 1月须报 记录；请恢复这些年份，没有数据的年份可以改动；另立新代码作为新指标。")]
    [InlineData("zh", "ENTERPRISE_VISITS,", "VISITS,", "indicators.csv code：指标 ENTERPRISE_VISITS 被删除，而历史数据引用它；请恢复该行。")]
    public async Task That_makes_another_thing_of_an_indicator_with_figures_stops_the_start(
        string language, string from, string to, string words)
    {
        foreach (var file in new[] { "indicators.csv", "targets.csv" })
        {
            _catalogue.Edit(file, text => text.Replace(from, to, StringComparison.Ordinal));
        }

        await RefusedAsync(language, words);
    }

    [Theory]
    [InlineData("zh", "东岱村,Dongdai Village,village", "东岱村,Dongdai Village,community",
        "units.csv:15 kind：单位 320404004201 由 village 改为 community，而历史数据按 village 记录；请恢复原值；以 valid_to 结束它，另立新单位。")]
    [InlineData("en", "Wuxing Sub-district,street,320404000000,2020-01,,,yes", "Wuxing Sub-district,street,320404000000,2020-01,,,no",
        "units.csv:3 reports_whole: unit 320404001000 was changed from yes to no, but history is recorded as yes; put it back, end the "
        + "unit with valid_to, and give what is new a code of its own.")]
    public async Task That_makes_another_thing_of_a_unit_with_figures_stops_the_start(string language, string from, string to, string words)
    {
        _catalogue.Edit("units.csv", text => text.Replace(from, to, StringComparison.Ordinal));
        await RefusedAsync(language, words);
    }

    [Theory]
    [InlineData("zh", "units.csv code：单位 320404004201 被删除，而历史数据引用它；请恢复该行，并以 valid_to 结束它。")]
    [InlineData("en",
        "units.csv code: unit 320404004201 was removed, but history refers to it; put its row back and set valid_to instead.")]
    public async Task That_removes_a_unit_with_figures_stops_the_start(string language, string words)
    {
        foreach (var file in new[] { "units.csv", "targets.csv" })
        {
            _catalogue.Edit(file,
                text => string.Join('\n',
                    text.Split('\n').Where(line => !line.StartsWith(XilinSubmissions.Dongdai, StringComparison.Ordinal))));
        }

        // Who reported to the village reports to its street.
        _catalogue.Edit("units.csv",
            text => text.Replace("," + XilinSubmissions.Dongdai + ",", "," + XilinSubmissions.Xilin + ",", StringComparison.Ordinal));
        await RefusedAsync(language, words);
    }

    [Fact]
    public async Task That_puts_right_an_indicator_without_figures_is_taken_and_holds_from_then_on()
    {
        _catalogue.Edit("indicators.csv",
            text => text.Replace("Packs of daily supplies handed out,份,flow", "Packs of daily supplies handed out,箱,flow",
                StringComparison.Ordinal));
        await using (var service = await InProcessService.StartAsync(_catalogue.Path, _data))
        {
            await service.SubmitAndApplyAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", TestSubmissions.Value("SUPPLY_PACKS", 5, "箱")));
        }

        _catalogue.Edit("indicators.csv",
            text => text.Replace("Packs of daily supplies handed out,箱,flow", "Packs of daily supplies handed out,份,flow",
                StringComparison.Ordinal));
        await RefusedAsync("en", "indicator SUPPLY_PACKS was changed from 箱 to 份");
    }

    [Fact]
    public async Task That_exempts_Januaries_without_figures_and_closes_what_is_to_end_is_taken()
    {
        _catalogue.Edit("indicators.csv", text => text
            .Replace("走访企业,Enterprise visits,家,flow,village,,,", "走访企业,Enterprise visits,家,flow,village,,2023,2024",
                StringComparison.Ordinal)
            .Replace("Packs of daily supplies handed out,份,flow,village", "Packs of daily supplies handed out,份,flow,street",
                StringComparison.Ordinal));
        _catalogue.Edit("units.csv", text => text
            .Replace("Dongdai Village,village,320404004000,2020-01,", "Dongdai Village,village,320404004000,2020-01,2030-12",
                StringComparison.Ordinal)
            .Replace("Yonghong Sub-district,street,320404000000,2020-01,,,yes", "Yonghong Sub-district,street,320404000000,2020-01,,,no",
                StringComparison.Ordinal));
        _catalogue.Edit("units.csv",
            text => string.Join('\n',
                text.Split('\n')
                    .Select(line => line.Contains($",{XilinSubmissions.Dongdai},20", StringComparison.Ordinal)
                        ? line.Replace(",,", ",2030-12,", StringComparison.Ordinal) : line)));
        await using var service = await InProcessService.StartAsync(_catalogue.Path, _data);
        await service.SubmitAndApplyAsync(XilinSubmissions.ValidSubmission().Set("revision", 2));
    }

    private async Task RefusedAsync(string language, string words)
    {
        using var program = new StandaloneProcess("--data", _data.Path, "--catalogue", _catalogue.Path, "--port", "0", "--lang", language);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(words, program.Errors, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\sat (XilinIngest|Microsoft|System)\.", program.Errors + program.Output);
    }
}
