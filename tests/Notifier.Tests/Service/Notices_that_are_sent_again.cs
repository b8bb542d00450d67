using System.Diagnostics;
using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Tests.Service;

/// <summary>The command <c>notify replay</c> beside the service that runs.</summary>
public sealed class Notices_that_are_sent_again : IAsyncLifetime, IDisposable
{
    private static readonly string Firm = AlertingCatalogue.Firms[0];
    private readonly TestFolder _data = new();
    private readonly AlertingCatalogue _catalogue = new("duty,,,,,duty,zh,alert,,,,,,");
    private NoticeReceiver _receiver = null!;
    private InProcessService _service = null!;

    public async Task InitializeAsync()
    {
        _receiver = await NoticeReceiver.StartAsync();
        _service = await InProcessService.StartAsync(_catalogue.Folder, _data, new Dictionary<string, ChannelSettings>
        {
            ["duty"] = new() { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" },
        });
        await _service.SubmitAndApplyAsync(_catalogue.February(Firm, isBehind: true));
        await SentAsync(1);
        await _service.SubmitAndApplyAsync(_catalogue.February(Firm, isBehind: false));
        await SentAsync(2);
    }

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Are_shown_and_then_sent_with_their_ids_and_content()
    {
        var (first, second) = (_receiver.Kept[0], _receiver.Kept[1]);
        var (code, shown) = await ReplayAsync("--id", first.Id);
        Assert.Equal(0, code);
        Assert.Contains($"{first.Id}  2022-", shown, StringComparison.Ordinal);
        Assert.Contains("duty → duty  sent  ", shown, StringComparison.Ordinal);
        Assert.Contains("1 notices, not sent again; add --yes to do it.", shown, StringComparison.Ordinal);
        await Task.Delay(1500);
        Assert.Equal(2, _receiver.Requests.Count);

        Assert.Equal(0, (await ReplayAsync("--id", first.Id, "--yes")).ExitCode);
        await SentAsync(3);
        Assert.Equal((first.Id, first.Body), (_receiver.Requests[2].Id, _receiver.Requests[2].Body));

        Assert.Equal(0, (await ReplayAsync("--from", "2022-01-01", "--yes")).ExitCode);
        await SentAsync(5);
        Assert.Equal([first.Id, second.Id], _receiver.Requests.Skip(3).Select(request => request.Id));
        Assert.Equal(2, _receiver.Kept.Count);
        Assert.Equal(
            [("sent", 2), ("sent", 3)],
            (await _service.GetAsync("/api/notices")).AsArray().Select(row => ((string)row!["state"]!, (int)row["attempts"]!)));
    }

    [Theory]
    [InlineData("Not all of these notices were found", "--id", "01997f6c-2f0e-7cc1-9d1c-0d5f0a3f4b11", "--yes")]
    [InlineData("Not all of these notices were found", "--from", "2021-01-01", "--until", "2021-02-01", "--yes")]
    [InlineData("Name notices by --id, or a time range", "--yes")]
    [InlineData("--from takes a time such as", "--from", "yesterday", "--yes")]
    public async Task Are_none_where_the_command_names_none(string said, params string[] arguments)
    {
        var (code, output) = await ReplayAsync(arguments);
        Assert.Equal(1, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private async Task SentAsync(int requests) => await InProcessService.EventuallyAsync(async () =>
        _receiver.Requests.Count >= requests
        && (await _service.GetAsync("/api/notices")).AsArray().All(row => (string?)row!["state"] == "sent"));

    private async Task<(int ExitCode, string Output)> ReplayAsync(params string[] arguments)
    {
        var program = Path.Combine(Path.GetDirectoryName(RepositoryFiles.ProgramOf("Admin"))!, "xilin-admin.dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, "notify", "replay", "--data", _data.Path, "--lang", "en", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(output));
    }
}
