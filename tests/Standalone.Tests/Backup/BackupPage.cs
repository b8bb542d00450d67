using System.Diagnostics;
using System.Text.RegularExpressions;

namespace XilinIngest.Standalone.Tests.Backup;

/// <summary>docs/backup.md, and its commands run as an engineer would: each block in a bash of its own, after the settings.</summary>
/// <param name="environment">Where things are, in the page's own words.</param>
internal sealed partial class BackupPage(IReadOnlyDictionary<string, string> environment)
{
    private const string Settings = "settings";

    /// <summary>By what follows <c>bash</c> on the fence.</summary>
    internal static IReadOnlyDictionary<string, string> Blocks { get; } = Block()
        .Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "backup.md")))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>Runs a block.</summary>
    /// <returns>What it said.</returns>
    internal async Task<string> RunAsync(string block)
    {
        var (exit, said) = await TryAsync(block);
        Assert.True(exit == 0, $"{block} ended with {exit}:\n{said}");
        return said;
    }

    internal async Task<(int Exit, string Said)> TryAsync(string block)
    {
        var start = new ProcessStartInfo("/bin/bash", ["-c", $"{Blocks[Settings]}\n{Blocks[block]}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var (said, complained) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            await bash.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
            throw new TimeoutException($"{block} did not end within two minutes.");
        }

        return (bash.ExitCode, await said + await complained);
    }

    [GeneratedRegex("^```bash ([^\n]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
