using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests;

/// <summary>
/// Files that may grow no more stand for a full disk; a folder without permission for a read-only one. Neither needs root.
/// </summary>
public sealed class A_disk_that_cannot_be_written
{
    // The signal that comes with such a file would end the process; a full disk sends none.
    private static readonly string[] NoSignal = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

    [LinuxFact]
    public async Task Stops_the_intake_while_it_runs_and_the_service_goes_on_by_itself_once_it_can()
    {
        using var folder = new TestFolder();
        using var program = new StandaloneProcess(NoSignal, ["--data", folder.Path, "--port", "0", "--lang", "en"]);
        using var client = new HttpClient { BaseAddress = await program.ServingAsync() };
        var taken = 0L;
        for (var i = 0; i < 20; i++)
        {
            taken = await TakenAsync(client, XilinSubmissions.ValidSubmission());
        }

        program.LimitFiles(new FileInfo(folder.In("ledger.db-wal")).Length);
        var refused = new List<JsonObject>();
        for (var i = 0; i < 5; i++)
        {
            var sheet = XilinSubmissions.ValidSubmission();
            using var answer = await client.PostAsync("/api/submissions", sheet.Body());
            var problem = await ProblemAssertions.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, "no room");
            Assert.Contains("磁盘", (string)problem["detail"]!, StringComparison.Ordinal);
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            refused.Add(sheet);
        }

        using (var health = await client.GetAsync("/health/ready"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
            var ledger = JsonNode.Parse(await health.Content.ReadAsStringAsync())!["checks"]!["ledger"]!;
            Assert.Equal("Unhealthy", (string?)ledger["status"]);
            Assert.Contains("No submission is accepted: The disk failed while", (string)ledger["description"]!, StringComparison.Ordinal);
        }

        Assert.Equal(taken, (long)JsonNode.Parse(await client.GetStringAsync("/api/submissions?limit=1"))![0]!["sequence"]!);
        program.LimitFiles(null);
        await InProcessService.EventuallyAsync(async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK);
        foreach (var sheet in refused)
        {
            Assert.Equal(++taken, await TakenAsync(client, sheet));
        }

        program.Terminate();
        Assert.Equal(0, await program.ExitAsync());
        Starting_and_stopping.AssertNoStackTrace(program);
        using var verify = new StandaloneProcess("verify", "--data", folder.Path, "--lang", "en");
        Assert.True(await verify.ExitAsync() == 0, verify.Output + verify.Errors);
    }

    [LinuxFact, Trait("suite", "long")]
    public async Task Holds_what_comes_over_the_bus_until_it_can_and_loses_none_of_it()
    {
        using var folder = new TestFolder();
        using var program =
            new StandaloneProcess(NoSignal, ["--sample", "--exit", "--data", folder.In("data"), "--port", "0", "--lang", "en"]);
        var log = folder.In(Path.Combine("data", "ledger.db-wal"));
        await InProcessService.EventuallyAsync(() => Task.FromResult(File.Exists(log) && new FileInfo(log).Length > 500_000));
        program.LimitFiles(4096);
        await InProcessService.EventuallyAsync(
            () => Task.FromResult(program.Output.Contains("no submission is accepted", StringComparison.Ordinal)));

        // The first probe comes after a second. It fails, and the program must go on waiting.
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromMilliseconds(1_500); await Task.Delay(20))
        {
            Assert.False(program.HasExited, program.Output + program.Errors);
            Assert.DoesNotContain("is writable again", program.Output, StringComparison.Ordinal);
        }

        program.LimitFiles(null);
        Assert.True(await program.ExitAsync() == 0, program.Output + program.Errors);
        Assert.Contains("1951 submissions, each with its receipt: 0 refused", program.Output, StringComparison.Ordinal);
        using var verify = new StandaloneProcess("verify", "--data", folder.In("data"), "--lang", "en");
        Assert.True(await verify.ExitAsync() == 0, verify.Output + verify.Errors);
    }

    [LinuxFact]
    public async Task Is_named_at_the_start_with_what_to_do_where_it_is_full()
    {
        using var folder = new TestFolder();
        string[] limited = ["sh", "-c", "trap '' XFSZ; ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec \"$@\"", "sh"];
        using var program = new StandaloneProcess(limited, ["--data", folder.Path, "--port", "0", "--lang", "en"]);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains("Check the disk's free space", program.Errors, StringComparison.Ordinal);
        Assert.Contains("Then start again, or name another place with --data.", program.Errors, StringComparison.Ordinal);
        Starting_and_stopping.AssertNoStackTrace(program);
    }

    [LinuxTheory]
    [InlineData("zh", "不可写", "请检查数据目录的权限")]
    [InlineData("en", "cannot be written", "Check the data folder's permissions")]
    public async Task Is_named_at_the_start_with_what_to_do_where_it_is_read_only(string language, string reason, string remedy)
    {
        using var folder = new TestFolder();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        // Root may write anywhere, unless that right is put down first.
        string[] bound = Environment.IsPrivilegedProcess
            ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"] : [];
        using var program = new StandaloneProcess(bound, ["--data", folder.Path, "--port", "0", "--lang", language]);
        Assert.Equal(1, await program.ExitAsync());
        Assert.Contains(reason, program.Errors, StringComparison.Ordinal);
        Assert.Contains(remedy, program.Errors, StringComparison.Ordinal);
        Assert.Contains("--data", program.Errors, StringComparison.Ordinal);
        Starting_and_stopping.AssertNoStackTrace(program);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    // In which year the test runs decides the verdict; there is a row and a receipt either way.
    private static async Task<long> TakenAsync(HttpClient client, JsonObject sheet)
    {
        using var answer = await client.PostAsync("/api/submissions", sheet.Body());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity, text);
        return (long)JsonNode.Parse(text)!["sequence"]!;
    }
}

/// <summary>Limits on files and permissions as Linux has them.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: file-size limits and permission bits.";
}

internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Needs Linux: file-size limits and permission bits.";
}
