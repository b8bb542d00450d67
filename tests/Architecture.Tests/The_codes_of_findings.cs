using System.Text.RegularExpressions;

namespace XilinIngest.Architecture.Tests;

public sealed partial class The_codes_of_findings
{
    [Fact]
    public void Are_all_in_the_table_of_the_wire()
    {
        var used = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src", "Submissions"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Used().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).Distinct().Order().ToList();
        var listed = File.ReadLines(Path.Combine(SourceTree.Root, "docs", "wire.md"))
            .Where(line => line.StartsWith("| F", StringComparison.Ordinal))
            .SelectMany(line => Listed().Matches(line.Split('|')[1]).Select(match => match.Value)).Order();
        Assert.True(used.Count > 40, $"{used.Count} codes");
        Assert.Equal(used, listed);
    }

    [GeneratedRegex("\"(F[0-9]{3})\"")]
    private static partial Regex Used();

    [GeneratedRegex("F[0-9]{3}")]
    private static partial Regex Listed();
}
