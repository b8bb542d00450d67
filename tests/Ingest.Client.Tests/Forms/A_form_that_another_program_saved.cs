namespace XilinIngest.Client.Tests.Forms;

/// <summary>The form of xilin template, opened and saved again by the programs of others, then sent to the real service.</summary>
public sealed class A_form_that_another_program_saved : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly InProcessService _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact, Trait("suite", "long")]
    public async Task With_exceljs_is_accepted()
    {
        var exceljs = await SpreadsheetPrograms.ExceljsAsync(_xilin.In("exceljs"));
        var form = await TemplateAsync();
        await SpreadsheetPrograms.FillByExceljsAsync(exceljs, form, _xilin.In("filled.xlsx"), "D7", "35");
        Assert.Contains("✓ 已接收 320404004201 2022-07", (await SubmitAsync("filled.xlsx")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
    }

    [LibreOfficeFact, Trait("suite", "long")]
    public async Task With_LibreOffice_and_then_exceljs_is_accepted()
    {
        var exceljs = await SpreadsheetPrograms.ExceljsAsync(_xilin.In("exceljs"));
        var saved = await SpreadsheetPrograms.ConvertByLibreOfficeAsync(await TemplateAsync(), _xilin.In("saved"));
        await SpreadsheetPrograms.FillByExceljsAsync(exceljs, saved, _xilin.In("filled.xlsx"), "D7", "35");
        Assert.Contains("✓ 已接收 320404004201 2022-07", (await SubmitAsync("filled.xlsx")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
    }

    [LibreOfficeFact]
    public async Task With_LibreOffice_alone_is_accepted_and_withdrawn_by_the_word()
    {
        using (var filled = new FilledForm(File.ReadAllBytes(await TemplateAsync())))
        {
            filled.Number("D7", "35").Number("F7", "33");
            File.WriteAllBytes(_xilin.In("filled.xlsx"), filled.Bytes());
        }

        var saved = await SpreadsheetPrograms.ConvertByLibreOfficeAsync(_xilin.In("filled.xlsx"), _xilin.In("saved"));
        (await SubmitAsync(saved)).AssertExitCode(0);
        using (var withdrawn = new FilledForm(File.ReadAllBytes(await TemplateAsync("--force"))))
        {
            withdrawn.Text("F7", "撤回");
            File.WriteAllBytes(_xilin.In("filled.xlsx"), withdrawn.Bytes());
        }

        saved = await SpreadsheetPrograms.ConvertByLibreOfficeAsync(_xilin.In("filled.xlsx"), _xilin.In("saved"));
        Assert.Contains("撤回 ", (await SubmitAsync(saved)).AssertExitCode(0).Output, StringComparison.Ordinal);
        var now = (await _service.GetAsync("/api/form?unit=320404004201&period=2022-07"))["entries"]!.AsArray()
            .Select(entry => entry!["now"]).Single(now => now is not null)!;
        Assert.Equal((35m, null), ((decimal)now["value"]!, now["lastYear"]));
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    private async Task<string> TemplateAsync(params string[] more)
    {
        (await _xilin.RunAsync(
            ["template", "--unit", "320404004201", "--period", "2022-07", "--output", _xilin.In("form.xlsx"), "--server", Server,
                .. more])).AssertExitCode(0);
        return _xilin.In("form.xlsx");
    }

    private Task<XilinResult> SubmitAsync(string file) =>
        _xilin.RunAsync("submit", _xilin.In(file), "--server", Server, "--at", "2022-08-03T09:14:00+08:00");
}
