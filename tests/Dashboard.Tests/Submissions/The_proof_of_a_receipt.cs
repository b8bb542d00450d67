using System.Text.RegularExpressions;
using ZXing;
using ZXing.Common;
using ZXing.QrCode;

namespace XilinIngest.Dashboard.Tests.Submissions;

/// <summary>The page that explains what proves a receipt, its file, and the code that leads to it.</summary>
[Collection("site")]
public sealed class The_proof_of_a_receipt(DashboardSite site)
{
    // The code as gray pixels, four for each module, as a camera would see it.
    private const string Pixels =
        """
        async svg => {
            const size = 4 * svg.viewBox.baseVal.width;
            const copy = svg.cloneNode(true);
            copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
            copy.setAttribute('width', size);
            copy.setAttribute('height', size);
            const image = new Image();
            image.src = 'data:image/svg+xml;base64,' + btoa(unescape(encodeURIComponent(copy.outerHTML)));
            await image.decode();
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = size;
            const context = canvas.getContext('2d');
            context.drawImage(image, 0, 0);
            return [...context.getImageData(0, 0, size, size).data].filter((_, i) => i % 4 === 0);
        }
        """;

    [Fact]
    public async Task Is_explained_on_a_phone_and_saved_under_the_name_that_the_service_gives_it()
    {
        await using var reader = await site.OpenAsync("/submissions/17", 360, 740);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "证明是什么，怎样核对" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("报送 #17 的证明");
        await Assertions.Expect(reader.Page.Locator(".proof-why")).ToContainTextAsync("骑缝章");
        var checkpoint = (await site.GetJsonAsync("/api/submissions/17"))["receipt"]!["checkpoint"]!;
        await Assertions.Expect(reader.Page.Locator(".facts")).ToContainTextAsync($"共 {checkpoint["treeSize"]} 号");
        await Assertions.Expect(reader.Page.Locator(".facts")).ToContainTextAsync((string)checkpoint["origin"]!);
        await Assertions.Expect(reader.Page.Locator("[data-signed]")).ToHaveTextAsync(new Regex(@"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$"));
        await reader.AssertAccessibleAsync();

        var file = await SaveAsync(reader, "下载证明文件");
        Assert.Matches(@"^[0-9A-Z]+-\d{4}-\d\d-17\.tlog-proof$", file.Name);
        using var client = new HttpClient { BaseAddress = site.Address };
        Assert.Equal(await client.GetByteArrayAsync("/api/submissions/17/proof"), file.Bytes);
        Assert.Matches(@"-17-at-\d+\.tlog-proof$", (await SaveAsync(reader, "以最新检查点证明")).Name);
    }

    [Fact]
    public async Task Is_led_to_by_a_code_on_the_receipt_which_other_programs_read_and_which_is_printed()
    {
        await using var reader = await site.OpenAsync("/submissions/17");
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var code = reader.Page.GetByRole(AriaRole.Img, new() { Name = "证明页地址的二维码" });
        await Assertions.Expect(code).ToBeVisibleAsync();
        Assert.Equal(new Uri(site.Address, "/submissions/17/proof").ToString(), Decode(await code.EvaluateAsync<int[]>(Pixels)));
        await reader.NavigateAsync("/submissions/17/proof");
        var own = reader.Page.GetByRole(AriaRole.Img, new() { Name = "本页地址的二维码" });
        Assert.Equal(new Uri(site.Address, "/submissions/17/proof").ToString(), Decode(await own.EvaluateAsync<int[]>(Pixels)));
    }

    [Fact]
    public async Task Of_a_row_that_there_is_not_is_said_to_be_missing()
    {
        await using var reader = await site.OpenAsync("/submissions/999999999/proof");
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToContainTextAsync("台账没有第 999999999 号");
        using var client = new HttpClient { BaseAddress = site.Address };
        using var file = await client.GetAsync("/export/receipt.tlog-proof?sequence=999999999");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, file.StatusCode);
    }

    private static async Task<(string Name, byte[] Bytes)> SaveAsync(BrowserPage reader, string link)
    {
        var saved = await reader.Page.RunAndWaitForDownloadAsync(
            () => reader.Page.GetByRole(AriaRole.Link, new() { Name = link }).ClickAsync());
        return (saved.SuggestedFilename, await File.ReadAllBytesAsync(await saved.PathAsync()));
    }

    private static string Decode(int[] gray)
    {
        var size = (int)Math.Sqrt(gray.Length);
        var source = new RGBLuminanceSource(
            [.. gray.Select(pixel => (byte)pixel)], size, size, RGBLuminanceSource.BitmapFormat.Gray8);
        return new QRCodeReader().decode(new BinaryBitmap(new HybridBinarizer(source)))?.Text ?? "no code";
    }
}
