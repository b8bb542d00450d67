using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>The settings that the programs read, as their source has them, written as in the environment.</summary>
internal static partial class KnownSettings
{
    internal static readonly IReadOnlySet<string> Settings =
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).SelectMany(file => Names(File.ReadAllText(file))).ToHashSet();

    /// <summary>What is no setting of ours, but .NET's own.</summary>
    internal static bool IsRuntime(string name) => name.StartsWith("DOTNET_", StringComparison.Ordinal);

    private static IEnumerable<string> Names(string source) =>
        Colon().Matches(source).Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal))
            .Concat(Database().Matches(source).Select(match => $"ConnectionStrings__{match.Groups[1].Value}"))
            .Concat(Service().Matches(source).Select(match => $"Services__{match.Groups[1].Value}"))
            .Concat(Plain().Matches(source).Select(match => match.Groups[1].Value));

    [GeneratedRegex("\"([A-Z][A-Za-z]+:[A-Z][A-Za-z]+)\"")]
    private static partial Regex Colon();

    [GeneratedRegex("settings\\.FindDatabases?\\(\"([A-Za-z]+)\"")]
    private static partial Regex Database();

    [GeneratedRegex("settings\\.ServiceUrls\\(\"([A-Za-z]+)\"")]
    private static partial Regex Service();

    [GeneratedRegex("Configuration\\[\"([A-Za-z]+)\"\\]")]
    private static partial Regex Plain();
}
