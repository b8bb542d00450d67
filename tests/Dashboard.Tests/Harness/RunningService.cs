using System.Diagnostics;
using System.Text.RegularExpressions;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>The one-process service as it was built, in a process of its own on a free port.</summary>
public sealed partial class RunningService : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private RunningService(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The file of access keys, where there are any.</summary>
    internal string KeyFile => Path.Combine(_folder, "data", "access-keys.json");

    /// <param name="sample">With the sample years.</param>
    /// <param name="keys">People have to sign in, with one of these.</param>
    internal static async Task<RunningService> StartAsync(bool sample, params IReadOnlyList<AccessKey> keys)
    {
        var folder = Directory.CreateTempSubdirectory("xilin-dashboard-").FullName;
        if (keys.Count > 0)
        {
            var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
            AccessKeyFile.Change(Path.Combine(data, "access-keys.json"), _ => keys);
        }

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = folder };
        foreach (var argument in new[] { Repository.Standalone, "--port", "0", "--lang", "en", "--catalogue", Repository.Catalogue, "--data", Path.Combine(folder, "data") }.Concat(sample ? ["--sample"] : []))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (Serving().Match(line) is { Success: true } serving)
            {
                // What it says from now on is not of interest, but it must not wait for a reader.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new RunningService(process, folder, new Uri(serving.Groups[1].Value));
            }
        }

        throw new InvalidOperationException($"The service ended with {process.ExitCode} before it served.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex("^Serving on (http://[^ ]+)")]
    private static partial Regex Serving();
}
