using System.Text.RegularExpressions;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>docs/proofs.md, and its commands run as an auditor would: each block in a bash of its own, after the settings.</summary>
/// <param name="environment">Where things are, in the page's own words.</param>
internal sealed partial class ProofsPage(params IReadOnlyList<(string Name, string Value)> environment)
{
    private const string Settings = "settings";

    /// <summary>By what follows <c>bash</c> on the fence, in the order of the page.</summary>
    internal static IReadOnlyList<(string Name, string Commands)> Blocks { get; } =
        [.. Block().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "proofs.md")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    /// <summary>Runs a block that is to end with 0.</summary>
    /// <returns>What it said.</returns>
    internal async Task<string> RunAsync(string name)
    {
        var (exit, said) = await TryAsync(name);
        Assert.True(exit == 0, $"{name} ended with {exit}:\n{said}");
        return said;
    }

    internal Task<(int ExitCode, string Said)> TryAsync(string name) => ProgramRunner.TryAsync(
        "/bin/bash", ["-euo", "pipefail", "-c", $"{CommandsOf(Settings)}\n{CommandsOf(name)}"], environment);

    private static string CommandsOf(string name) => Blocks.Single(block => block.Name == name).Commands;

    [GeneratedRegex("^```bash ([^\n]+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
