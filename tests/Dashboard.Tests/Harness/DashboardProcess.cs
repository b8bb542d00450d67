using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>The one-process service as it was built, or the pages alone, in a process of its own on a free port.</summary>
public sealed partial class DashboardProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-dashboard-").FullName;
    private readonly Func<string, int, ProcessStartInfo> _start;
    private Process _process = null!;

    private DashboardProcess(Func<string, int, ProcessStartInfo> start) => _start = start;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The file of access keys, where there are any.</summary>
    internal string KeyFile => Path.Combine(_folder, "data", "access-keys.json");

    /// <param name="sample">With the sample years.</param>
    /// <param name="catalogue">The catalogue's folder; null: the one that is shipped.</param>
    /// <param name="keys">People have to sign in, with one of these; null: no one has to.</param>
    /// <param name="embeddedBy">The origin whose pages may embed charts; null: none may.</param>
    public static Task<DashboardProcess> StartAsync(
        bool sample, string? catalogue = null, IReadOnlyList<AccessKey>? keys = null, string? embeddedBy = null) =>
        StartAsync((folder, port) =>
    {
        if (keys is not null)
        {
            Directory.CreateDirectory(Path.Combine(folder, "data"));
            AccessKeyFile.Change(Path.Combine(folder, "data", "access-keys.json"), _ => keys);
        }

        var start = Program(RepositoryFiles.ProgramOf("Standalone"),
            ["--port", Text(port), "--lang", "en", "--catalogue", catalogue ?? RepositoryFiles.Catalogue, "--data",
                Path.Combine(folder, "data"), .. sample ? ["--sample"] : Array.Empty<string>()]);
        start.Environment["Report__Letterhead"] = "西林街道办事处文件";
        start.Environment["Report__Signature"] = "西林街道办事处";
        start.Environment["Embed__Origins"] = embeddedBy;
        return start;
    });

    /// <summary>The pages as a process of their own.</summary>
    /// <param name="results">The aggregator they ask.</param>
    /// <param name="intake">The worker they ask.</param>
    public static Task<DashboardProcess> StartPagesAsync(Uri results, Uri intake) => StartAsync((_, port) =>
    {
        var start = Program(RepositoryFiles.ProgramOf("Dashboard"), []);
        foreach (var (name, value) in new[] { ("Http__Port", Text(port)), ("Console__Language", "en"),
            ("Services__Results", results.ToString()), ("Services__Intake", intake.ToString()) })
        {
            start.Environment[name] = value;
        }

        return start;
    });

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Starts it again, where it was, on what it had.</summary>
    public Task RestartAsync() => ServeAsync(Address.Port);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<DashboardProcess> StartAsync(Func<string, int, ProcessStartInfo> start)
    {
        var service = new DashboardProcess(start);
        await service.ServeAsync(0);
        return service;
    }

    private static ProcessStartInfo Program(string program, IEnumerable<string> arguments) =>
        new("dotnet", [program, .. arguments]) { RedirectStandardOutput = true };

    private async Task ServeAsync(int port)
    {
        var start = _start(_folder, port);
        start.WorkingDirectory = _folder;
        _process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            if (Serving().Match(line) is { Success: true } serving)
            {
                // What it says from now on is not of interest, but it must not wait for a reader.
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                Address = new Uri(serving.Groups[1].Value);
                return;
            }
        }

        throw new InvalidOperationException($"The service ended with {_process.ExitCode} before it served.");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^Serving on (http://[^ ]+)")]
    private static partial Regex Serving();
}
