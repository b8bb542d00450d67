using System.Diagnostics;
using System.Text;

namespace XilinIngest.Client.Tests;

/// <summary>The built command as a process of its own, with an outbox and files in a folder of its own.</summary>
internal sealed class XilinProcess : IDisposable
{
    private static readonly string Program = Path.Combine(
        [RepositoryFiles.Root, "src", "Ingest.Client",
            .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..], "xilin.dll"]);

    private readonly TestFolder _folder = new();

    /// <summary>In the window of July 2022, where the service's clock stands.</summary>
    internal static readonly DateTime SavedAt = new(2022, 8, 3, 1, 14, 0, DateTimeKind.Utc);

    internal string Outbox => _folder.In("outbox");

    internal Dictionary<string, string> Environment { get; } = [];

    internal string File(string name, string text) => File(name, Encoding.UTF8.GetBytes(text));

    internal string File(string name, byte[] bytes)
    {
        System.IO.File.WriteAllBytes(_folder.In(name), bytes);
        System.IO.File.SetLastWriteTimeUtc(_folder.In(name), SavedAt);
        return _folder.In(name);
    }

    internal string In(string name) => _folder.In(name);

    internal int PendingCount => Count("waiting");

    internal int SentCount => Count("sent");

    internal Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = _folder.Path
        };
        foreach (var argument in (string[])[Program, .. arguments, "--outbox", Outbox])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var name in new[] { "XILIN_SERVER", "XILIN_BUS", "XILIN_CATALOGUE", "XILIN_LANG" })
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    internal async Task<XilinResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process);
    }

    internal static async Task<XilinResult> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"xilin did not end within 90 s.\n{await output}\n{await errors}");
        }

        return new(process.ExitCode, await output, await errors);
    }

    public void Dispose() => _folder.Dispose();

    private int Count(string folder) =>
        Directory.Exists(Path.Combine(Outbox, folder))
            ? Directory.GetFiles(Path.Combine(Outbox, folder), "*.json", SearchOption.AllDirectories).Length : 0;
}

internal sealed record XilinResult(int Exit, string Output, string Errors)
{
    internal XilinResult AssertExitCode(int exit)
    {
        Assert.True(Exit == exit, $"exit {Exit}, not {exit}\n{Output}\n{Errors}");
        return this;
    }
}
