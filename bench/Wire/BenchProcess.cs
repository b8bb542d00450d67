using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using XilinIngest.InputOutput;
using XilinIngest.TestFixtures;

namespace XilinIngest.Bench.Wire;

/// <summary>A service in a process of its own.</summary>
internal sealed class BenchProcess : IAsyncDisposable
{
    private readonly Process _process;

    private BenchProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>So far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a service, and returns when it is ready.</summary>
    /// <param name="project">Its folder below <c>src</c>.</param>
    /// <param name="settings">Named as in the environment.</param>
    public static async Task<BenchProcess> StartAsync(string project, params IEnumerable<(string Name, string Value)> settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [RepositoryFiles.ProgramOf(project)]) { RedirectStandardOutput = true };
        start.Environment["Http__Port"] = port.ToString(CultureInfo.InvariantCulture);

        // One office sends everything.
        start.Environment["Intake__BytesPerHour"] = $"{long.MaxValue}";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            // Only errors are printed, without routine messages and without those on a service that is not ready yet.
            if (line.Data is { } text && !text.Contains("HealthCheck", StringComparison.Ordinal)
                && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal)))
            {
                Console.Error.WriteLine(text);
            }
        };
        process.BeginOutputReadLine();
        var started = new BenchProcess(process, new Uri($"http://127.0.0.1:{port}"));
        using var http = new HttpClient(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(30) };
        while (!await started.IsReadyAsync(http))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{project} ended with {process.ExitCode} before it was ready.");
            }

            await Task.Delay(20);
        }

        return started;
    }

    /// <summary>Runs a command to its end.</summary>
    /// <param name="program">The assembly.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="settings">Named as in the environment.</param>
    public static async Task RunAsync(string program, string[] arguments, params IEnumerable<(string Name, string Value)> settings)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {said}");
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("/bin/kill", ["-s", signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        Signal("TERM");
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // The service is not listening yet.
        }
    }
}
