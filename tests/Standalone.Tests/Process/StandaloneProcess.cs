using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace XilinIngest.Standalone.Tests;

/// <summary>The built program as a process of its own.</summary>
internal sealed partial class StandaloneProcess : IDisposable
{
    private const int Sigint = 2;
    private const int Sigterm = 15;
    private const int Sigcont = 18;
    private const int Sigstop = 19;
    private const int FileSize = 1;
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly TaskCompletionSource<Uri> _serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal StandaloneProcess(params string[] arguments)
        : this([], arguments)
    {
    }

    /// <param name="under">A command that runs the program in its own place, such as <c>setpriv …</c>.</param>
    /// <param name="arguments">The program's.</param>
    internal StandaloneProcess(string[] under, string[] arguments)
    {
        string[] command = [.. under, "dotnet", RepositoryFiles.ProgramOf("Standalone"), .. arguments];
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8
        };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["DOTNET_TieredPGO"] = "0";
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Take(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    internal string Output => Text(_output);

    internal string Errors => Text(_errors);

    /// <summary>Completes when it says that it serves; never, if it is killed before.</summary>
    internal Task<Uri> Serving => _serving.Task;

    internal bool HasExited => _process.HasExited;

    /// <summary>Its address, once it says that it serves.</summary>
    internal async Task<Uri> ServingAsync()
    {
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(_serving.Task, ended, Task.Delay(TimeSpan.FromSeconds(60)));
        return _serving.Task.IsCompletedSuccessfully
            ? await _serving.Task : throw new InvalidOperationException($"The program does not serve.\n{Output}\n{Errors}");
    }

    /// <summary>The exit code; a program that does not end in time is a failure.</summary>
    internal async Task<int> ExitAsync(int seconds = 60)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The program did not end within {seconds} s.\n{Output}\n{Errors}");
        }

        return _process.ExitCode;
    }

    /// <summary>No file may grow beyond this any more; null: as large as it likes. What a full disk is to a program.</summary>
    internal void LimitFiles(long? bytes)
    {
        ulong[] limits = [bytes is { } most ? (ulong)most : ulong.MaxValue, ulong.MaxValue];
        Assert.Equal(0, SetLimit(_process.Id, FileSize, limits, IntPtr.Zero));
    }

    internal void Interrupt() => Assert.Equal(0, Signal(_process.Id, Sigint));

    internal void Terminate() => Assert.Equal(0, Signal(_process.Id, Sigterm));

    /// <summary>SIGSTOP: it is there, holds what it holds, and does nothing.</summary>
    internal void Freeze() => Assert.Equal(0, Signal(_process.Id, Sigstop));

    /// <summary>SIGCONT.</summary>
    internal void Thaw() => Assert.Equal(0, Signal(_process.Id, Sigcont));

    /// <summary>SIGKILL: nothing in the process runs any more.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Take(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.AppendLine(line);
        }

        if (line is not null && Address().Match(line) is { Success: true } match)
        {
            _serving.TrySetResult(new Uri(match.Value));
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[1-9][0-9]*")]
    private static partial Regex Address();

    [LibraryImport("libc", EntryPoint = "prlimit")]
    private static partial int SetLimit(int process, int resource, ulong[] limits, IntPtr before);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
