using System.Diagnostics;
using System.Text;

namespace XilinIngest.TestServices;

/// <summary>A program in a process of its own, with all that it has written. Its end is SIGKILL, if it has not ended itself.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Action<string>? _lineWritten;
    private bool _isDisposed;

    /// <param name="arguments">Of <c>dotnet</c>: the program and its own.</param>
    /// <param name="settings">Named as in the environment.</param>
    /// <param name="lineWritten">Told of each line.</param>
    internal RunningProgram(
        IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> settings, Action<string>? lineWritten = null)
    {
        _lineWritten = lineWritten;
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        Process = new Process { StartInfo = start };
        Process.OutputDataReceived += (_, line) => Take(line.Data);
        Process.ErrorDataReceived += (_, line) => Take(line.Data);
        Process.Start();
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    internal Process Process { get; }

    internal string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    internal bool HasExited => Process.HasExited;

    /// <summary>SIGKILL: nothing in the process runs any more.</summary>
    internal void Kill()
    {
        Process.Kill();
        Process.WaitForExit();
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!HasExited)
        {
            Kill();
        }

        Process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line is not null)
        {
            _lineWritten?.Invoke(line);
        }
    }
}
