using XilinIngest.Hosting;

namespace XilinIngest.Dashboard.Tests.Status;

[Collection("site")]
public sealed class The_status_of_the_system(DashboardSite site)
{
    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Says_in_words_how_each_part_is_and_how_far_the_results_are(int width, bool english)
    {
        await using var reader = await site.OpenAsync("/status", width, 740, english);
        await Assertions.Expect(reader.Page.Locator("[data-part=cube]")).ToContainTextAsync(english ? "● in order" : "● 正常");
        foreach (var part in new[] { "bus", "ledger", "notices" })
        {
            await Assertions.Expect(reader.Page.Locator($"[data-part={part}]")).ToBeVisibleAsync();
        }

        await Assertions.Expect(reader.Page.Locator(".card")).ToContainTextAsync(english ? "Rows behind" : "落后行数");
        await Assertions.Expect(reader.Page.Locator(".card")).ToContainTextAsync(
            english ? "Messages are passed inside this process" : "消息在本进程内传递");
        await Assertions.Expect(reader.Page.Locator(".card")).ToContainTextAsync(english ? "No backup is recorded" : "没有备份记录");
        await Assertions.Expect(reader.Page.Locator(".card")).ToContainTextAsync($"{(english ? "version" : "版本")} {ProgramVersion.Text}");
        await Assertions.Expect(reader.Page.Locator(".foot")).ToHaveTextAsync($"XilinIngest {ProgramVersion.Text}");
        await reader.AssertAccessibleAsync();
    }

    /// <summary>The pages run by themselves, and a process that they ask is gone: the other pages cannot be shown, this one can.</summary>
    [Fact, Trait("suite", "long")]
    public async Task Names_a_process_that_does_not_answer()
    {
        await using var service = await DashboardProcess.StartAsync(sample: false);
        await using var pages = await DashboardProcess.StartPagesAsync(results: service.Address, intake: site.Address);
        await using var reader = await site.OpenAsync(new Uri(pages.Address, "/status").ToString());
        await Assertions.Expect(reader.Page.Locator($"[data-process='{site.Address}']")).ToContainTextAsync("正常");
        await service.KillAsync();
        await Assertions.Expect(reader.Page.Locator($"[data-process='{service.Address}']")).ToContainTextAsync("没有应答",
            new() { Timeout = 15_000 });
        await reader.NavigateAsync(new Uri(pages.Address, "/status").ToString());
        await Assertions.Expect(reader.Page.Locator($"[data-process='{service.Address}']")).ToContainTextAsync("■ 故障");
        await Assertions.Expect(reader.Page.Locator(".verdict-line")).ToContainTextAsync("有故障");
        await service.RestartAsync();
    }
}
