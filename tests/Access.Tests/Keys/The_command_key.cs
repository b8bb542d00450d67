using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Keys;

/// <summary>The program as it was built, on a data folder of its own, told to listen everywhere.</summary>
public sealed partial class The_command_key : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("xilin-keys-").FullName;
    private Process? _service;

    [Fact]
    public async Task Turns_sign_in_on_in_a_service_that_runs_on_this_machine_alone_until_it_is_started_again()
    {
        var service = _service = Start("--port", "0");
        var said = new StringBuilder();
        while (!said.ToString().Contains("start again", StringComparison.Ordinal)
            && await service.StandardOutput.ReadLineAsync() is { } line)
        {
            said.AppendLine(line);
        }

        _ = service.StandardOutput.ReadToEndAsync();
        Assert.Contains("There is no sign-in, so it does not listen on 0.0.0.0", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("未设登录，故不在 0.0.0.0 上监听", said.ToString(), StringComparison.Ordinal);
        var address = new Uri(Address().Match(said.ToString()).Value);
        Assert.Equal("127.0.0.1", address.Host);
        using var client = new HttpClient { BaseAddress = address };
        await SecuredService.EventuallyAsync(async () => (await client.GetAsync("/api/units")).StatusCode == HttpStatusCode.OK);

        // What a proxy hands on is no request of this machine's.
        using (var handed = new HttpRequestMessage(HttpMethod.Get, "/api/units") { Headers = { { "X-Forwarded-For", "203.0.113.9" } } })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(handed)).StatusCode);
        }

        var added = await RunAsync("key", "add", "--name", "Clerk of Dongdai", "--right", "enter", "--right", "read", "--unit",
            SecuredService.Dongdai);
        Assert.Equal(0, added.Exit);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/units")).StatusCode);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Secret().Match(added.Said).Value);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/units")).StatusCode);

        Assert.Contains("There is a key called", (await RunAsync("key", "add", "--name", "Clerk of Dongdai", "--right", "read")).Said,
            StringComparison.Ordinal);
        var listed = await RunAsync("key", "list");
        Assert.Matches("[0-9a-f]{8} .*Clerk of Dongdai.* enter read .*320404004201", listed.Said);
        Assert.DoesNotContain("xk_", listed.Said, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("key", "remove", "Clerk of Dongdai")).Exit);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/units")).StatusCode);
        client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/units")).StatusCode);
    }

    [Theory]
    [InlineData("does not have these units: 123", "--name", "x", "--right", "enter", "--unit", "123")]
    [InlineData("The rights enter and act need units", "--name", "x", "--right", "enter")]
    [InlineData("The rights enter and act need units", "--name", "x", "--right", "act")]
    [InlineData("The rights enter and act need units", "--name", "x", "--right", "close", "--unit", "320404004201")]
    [InlineData("A name has 1 to 100 characters", "--name", "http", "--right", "read")]
    [InlineData("A name has 1 to 100 characters", "--name", "Ｈttp", "--right", "read")]
    [InlineData("A name has 1 to 100 characters", "--name", "East\u200b Village", "--right", "read")]
    public async Task Makes_none_that_would_open_nothing_or_mislead(string why, params string[] arguments)
    {
        var (exit, said) = await RunAsync(["key", "add", .. arguments]);
        Assert.Equal(1, exit);
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_data, "access-keys.json")));
    }

    public void Dispose()
    {
        _service?.Kill();
        _service?.WaitForExit();
        _service?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet",
                [RepositoryFiles.ProgramOf("Standalone"), .. arguments, "--data", _data, "--lang", "en",
                    .. arguments is ["key", "list" or "remove", ..] ? Array.Empty<string>() : ["--catalogue", RepositoryFiles.Catalogue]])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                Environment = { ["Http__Address"] = "0.0.0.0", ["DOTNET_TieredPGO"] = "0" },
            })!;

    [GeneratedRegex("http://[0-9.]+:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("xk_[A-Za-z0-9_-]{43}")]
    private static partial Regex Secret();
}
