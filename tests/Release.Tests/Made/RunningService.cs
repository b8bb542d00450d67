using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace XilinIngest.Release.Tests.Made;

/// <summary>The one-process service as someone starts it who has unpacked it.</summary>
internal sealed partial class RunningService : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _said = [];

    internal RunningService(string program, params IEnumerable<string> arguments)
    {
        _process = new Process
        {
            StartInfo = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal string Said
    {
        get
        {
            lock (_said)
            {
                return string.Join('\n', _said);
            }
        }
    }

    internal async Task<Uri> ReadyAsync()
    {
        await Task.WhenAny(_address.Task, _process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(2)));
        var address = _address.Task.IsCompletedSuccessfully ? await _address.Task : throw new InvalidOperationException(Said);
        using var client = new HttpClient { BaseAddress = address };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(50))
        {
            if ((await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.OK)
            {
                return address;
            }
        }

        throw new TimeoutException(Said);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
        }

        if (Address().Match(line ?? "") is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Value));
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[1-9][0-9]*")]
    private static partial Regex Address();
}
