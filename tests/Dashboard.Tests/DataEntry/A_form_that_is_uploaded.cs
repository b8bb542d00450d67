using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using CellText = DocumentFormat.OpenXml.Spreadsheet.Text;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>Hualin community downloads the Excel form of December, fills it in and uploads it.</summary>
[Collection("site")]
public sealed class A_form_that_is_uploaded(DashboardSite site)
{
    private const string Unit = "320404004003";
    private const string Of = $"unit={Unit}&period=2022-12";
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    [Fact]
    public async Task Stands_in_the_grid_and_is_sent_with_what_is_wrong_named_by_its_cell()
    {
        await using var reader = await site.OpenAsync($"/enter?{Of}");
        var vehicles = reader.Page.Locator("[data-entry=VEHICLES_CHECKED] input[data-keep='VEHICLES_CHECKED value']");
        await Assertions.Expect(vehicles).ToBeEnabledAsync();
        var stood = decimal.Parse(await vehicles.InputValueAsync(), CultureInfo.InvariantCulture);
        var (file, wrongCell) = Fill(await DownloadAsync(Unit), stood);

        await UploadAsync(reader, "华林社区-2022-12.xlsx", WorkbookType, file);
        var report = reader.Page.Locator("[data-upload]");
        await Assertions.Expect(report).ToContainTextAsync("读入 2 格");
        await Assertions.Expect(report.Locator($"[data-cell={wrongCell}]")).ToContainTextAsync($"{wrongCell}（本月）");
        await Assertions.Expect(report.Locator($"[data-cell={wrongCell}]")).ToContainTextAsync("“很多”不是数");
        await Assertions.Expect(vehicles).ToHaveValueAsync(Text(stood + 1));
        await Assertions.Expect(reader.Page.GetByLabel("填报人")).ToHaveValueAsync("样例统计员1");
        await Assertions.Expect(reader.Page.Locator(".ent-state")).ToHaveTextAsync("核对通过，可以报送 1 项。");
        await reader.AssertAccessibleAsync();

        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-receipt .verdict")).ToHaveTextAsync("已接收");
        await Assertions.Expect(reader.Page.Locator(".ent-receipt")).ToContainTextAsync("样例统计员1");
        await site.SubmitAsync(TestSubmissions.NewSubmission(Unit, "2022-12", TestSubmissions.Value("VEHICLES_CHECKED", stood, "辆"))
            .Set("revision", 60).Set("submittedAt", "2023-01-12T11:00:00+08:00"));
    }

    [Fact]
    public async Task Is_refused_with_the_reason_if_it_is_another_ones_or_no_form()
    {
        await using var reader = await site.OpenAsync($"/enter?{Of}", 360, 740);
        var report = reader.Page.Locator("[data-upload]");
        await Assertions.Expect(reader.Page.Locator("#ent-upload")).ToBeEnabledAsync();
        var other = Fill(await DownloadAsync("320404004202"), 5).File;
        await UploadAsync(reader, "other.xlsx", WorkbookType, other);
        await Assertions.Expect(report).ToContainTextAsync("这是马家村2022年12月的报表，现在打开的是华林社区2022年12月，没有读入");
        await Assertions.Expect(report).ToHaveAttributeAsync("data-upload", "0");
        await UploadAsync(reader, "form.xlsx", WorkbookType, [.. "%PDF-1.7 no workbook"u8]);
        await Assertions.Expect(report).ToContainTextAsync("这是PDF 文件，不能直接报送");
        await UploadAsync(reader, "bomb.xlsx", WorkbookType, WorkbookOfZeros());
        await Assertions.Expect(report).ToContainTextAsync("内容太多");
        await Assertions.Expect(reader.Page.Locator(".ent-state")).ToHaveAttributeAsync("data-state", "nothing");
        await reader.AssertAccessibleAsync();
    }

    private static Task UploadAsync(BrowserPage reader, string name, string type, byte[] bytes) =>
        reader.Page.Locator("#ent-upload").SetInputFilesAsync(new FilePayload { Name = name, MimeType = type, Buffer = bytes });

    private async Task<byte[]> DownloadAsync(string unit)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        return await client.GetByteArrayAsync($"/export/form.xlsx?unit={unit}&period=2022-12");
    }

    // One figure more, one that is no number, and who has filled it in.
    private static (byte[] File, string WrongCell) Fill(byte[] form, decimal stood)
    {
        using var stream = new MemoryStream();
        stream.Write(form);
        string wrong;
        using (var document = SpreadsheetDocument.Open(stream, isEditable: true))
        {
            var cells = document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>()
                .ToDictionary(cell => cell.CellReference!.Value!);
            wrong = "D" + RowOf("TRANSIT_PASSES");
            cells["D" + RowOf("VEHICLES_CHECKED")].CellValue = new CellValue(Text(stood + 1));
            SetText(wrong, "很多");
            SetText("B4", "样例统计员1");

            string RowOf(string indicator) =>
                cells.Single(cell => cell.Key.StartsWith('A') && cell.Value.InnerText == indicator).Key[1..];

            void SetText(string cell, string text) =>
                (cells[cell].DataType, cells[cell].InlineString) = (CellValues.InlineString, new InlineString(new CellText(text)));
        }

        return (stream.ToArray(), wrong);
    }

    // A sheet that unpacks to 9 MiB, above what the page reads of an upload.
    private static byte[] WorkbookOfZeros()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, DocumentFormat.OpenXml.SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var sheet = book.AddNewPart<WorksheetPart>("r1");
            var zeros = new CellValue(new string('0', 9 * 1024 * 1024));
            sheet.Worksheet = new Worksheet(new SheetData(new Row(
                new Cell { CellReference = "A1", DataType = CellValues.String, CellValue = zeros })));
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = "r1", SheetId = 1, Name = "1" }));
        }

        return stream.ToArray();
    }

    private static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
