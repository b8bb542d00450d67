namespace XilinIngest.Dashboard.Tests.Overview;

[Collection("site")]
public sealed class A_briefing_for_a_group(DashboardSite site)
{
    [Fact]
    public async Task Is_one_picture_with_the_verdict_what_is_behind_and_because_of_whom()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12", 360, 740);

        // What is drawn is kept, because the words of a picture cannot be read back.
        await reader.Page.EvaluateAsync(
            """
            () => {
                window.drawnWords = [];
                const fillText = CanvasRenderingContext2D.prototype.fillText;
                CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
                    window.drawnWords.push(text);
                    window.widest = Math.max(window.widest ?? 0, x + this.measureText(text).width);
                    fillText.call(this, text, x, y);
                };
            }
            """);
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("存为图片").ClickAsync());
        Assert.Equal("西林街道2022年12月指标速报.png", download.SuggestedFilename);
        var (width, height) = Png.SizeOf(await File.ReadAllBytesAsync((await download.PathAsync())!));
        Assert.Equal(1440, width);
        Assert.InRange(height, 500, 6000);

        var words = string.Concat(await reader.Page.EvaluateAsync<string[]>("window.drawnWords"));
        Assert.Contains((await reader.Page.Locator(".verdict-line").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal),
            words.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var name in await reader.Page.Locator("[data-behind] > p:first-child a").AllInnerTextsAsync())
        {
            Assert.Contains(name, words, StringComparison.Ordinal);
        }

        Assert.Contains("拖累增幅：", words, StringComparison.Ordinal);
        Assert.Contains("来源：街道月度指标系统", words, StringComparison.Ordinal);
        Assert.InRange(await reader.Page.EvaluateAsync<double>("window.widest"), 300, 720 - 30);
    }
}
