using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XilinIngest.InputOutput;

namespace XilinIngest.TestServices;

/// <summary>A service as it was built beside this assembly, in a process of its own, configured by its environment.</summary>
internal sealed partial class ServiceProcess : IDisposable
{
    private const int Sigterm = 15;
    private const int Sigcont = 18;
    private const int Sigstop = 19;
    private readonly RunningProgram _program;
    private readonly TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDisposed;
    private readonly HttpClient _client = new(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(20) };

    /// <param name="project">Its folder below <c>src</c>.</param>
    /// <param name="settings">Named as in the environment.</param>
    internal ServiceProcess(string project, params IEnumerable<(string Name, string Value)> settings)
        : this(project, [], settings)
    {
    }

    /// <param name="project">Its folder below <c>src</c>, or the file of a program that was built elsewhere.</param>
    /// <param name="arguments">The program's.</param>
    /// <param name="settings">Named as in the environment.</param>
    internal ServiceProcess(string project, string[] arguments, params IEnumerable<(string Name, string Value)> settings)
    {
        _program = new RunningProgram(
            [Path.IsPathRooted(project) ? project : RepositoryFiles.ProgramOf(project), .. arguments],
            settings.Prepend(("Http__Port", "0")).Prepend(("Console__Language", "en")).Prepend(("DOTNET_TieredPGO", "0")), FindAddress);
    }

    internal string Output => _program.Output;

    internal bool HasExited => _program.HasExited;

    /// <summary>Whether it has said where it listens.</summary>
    internal bool IsServing => _serving.Task.IsCompletedSuccessfully;

    internal async Task<Uri> ServingAsync()
    {
        await Task.WhenAny(_serving.Task, _program.Process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(30)));
        return _serving.Task.IsCompletedSuccessfully
            ? await _serving.Task : throw new InvalidOperationException($"The service does not serve.\n{Output}");
    }

    internal async Task<(HttpStatusCode Status, JsonNode? Answer)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(new Uri(await ServingAsync(), path));
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null);
    }

    internal async Task<(HttpStatusCode Status, JsonNode? Answer)> PostAsync(string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(await ServingAsync(), path), content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>A submission, and how long its sender is told to wait where it is not taken.</summary>
    internal async Task<(HttpStatusCode Status, JsonNode? Answer, TimeSpan? RetryAfter)> SubmitAsync(JsonObject sheet)
    {
        using var content = new StringContent(sheet.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri(await ServingAsync(), "/api/submissions"), content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync()), answer.Headers.RetryAfter?.Delta);
    }

    internal async Task<string> HealthAsync(string check) =>
        (await GetAsync("/health/ready")).Answer!["checks"]![check] is { } found ? $"{found["status"]}: {found["description"]}" : "";

    internal Task WaitUntilReadyAsync() =>
        Eventually.IsTrueAsync(async () => (await GetAsync("/health/ready")).Status == HttpStatusCode.OK, () => Output);

    internal async Task<int> ExitAsync(int seconds = 40)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _program.Process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The service did not end within {seconds} s.\n{Output}");
        }

        return _program.Process.ExitCode;
    }

    internal TimeSpan ProcessorTime
    {
        get
        {
            _program.Process.Refresh();
            return _program.Process.TotalProcessorTime;
        }
    }

    internal void Terminate() => Assert.Equal(0, Signal(_program.Process.Id, Sigterm));

    /// <summary>SIGSTOP: it is there, holds what it holds, and does nothing.</summary>
    internal void Freeze() => Assert.Equal(0, Signal(_program.Process.Id, Sigstop));

    /// <summary>SIGCONT.</summary>
    internal void Thaw() => Assert.Equal(0, Signal(_program.Process.Id, Sigcont));

    /// <inheritdoc cref="RunningProgram.Kill"/>
    internal void Kill() => _program.Kill();

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _program.Dispose();
            _client.Dispose();
        }
    }

    private void FindAddress(string line)
    {
        if (Address().Match(line) is { Success: true } match)
        {
            _serving.TrySetResult(new Uri(match.Value));
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[1-9][0-9]*")]
    private static partial Regex Address();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

internal static class Eventually
{
    /// <summary>Waits until it holds; else fails, with what there is to say.</summary>
    internal static async Task IsTrueAsync(Func<Task<bool>> holds, Func<string>? details = null, int seconds = 30)
    {
        for (var until = Stopwatch.StartNew(); until.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet, or not any more.
            }

            await Task.Delay(20);
        }

        Assert.Fail($"It did not come true within {seconds} s.\n{details?.Invoke()}");
    }
}
