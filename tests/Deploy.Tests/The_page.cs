using System.Text.RegularExpressions;

namespace XilinIngest.Deploy.Tests;

/// <summary>docs/deploy.md.</summary>
public sealed partial class The_page
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "deploy.md"));

    [Fact]
    public void Has_every_setting_that_a_program_reads_and_no_other() => Assert.Equal(
        KnownSettings.Settings.Order(StringComparer.Ordinal),
        Text.Split('\n')
            .SkipWhile(line => line != "## Settings")
                .TakeWhile(line => line != "## Rights")
                    .SelectMany(line => Setting().Matches(line)).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void Names_the_ports_that_compose_opens() => Assert.All(
        ComposeFile.Cluster.Services.Values.SelectMany(service => service.Settings.List("ports"))
            .Select(port => ((string)port).Split(':')[1]),
        port => Assert.Contains(port, Text, StringComparison.Ordinal));

    [Fact]
    public void Points_to_what_there_is() => Assert.All(
        Link().Matches(Text)
            .Select(match => Path.Combine(RepositoryFiles.Root, "docs", match.Groups[1].Value))
                .Concat(Place().Matches(Text).Select(match => Path.Combine(RepositoryFiles.Root, match.Value))),
        path => Assert.True(Path.Exists(path), path));

    [GeneratedRegex("(?<=^\\| |^\\| `[A-Za-z_]+`, )`([A-Za-z_]+)`(?=,| \\|)")]
    private static partial Regex Setting();

    [GeneratedRegex("\\]\\(([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex("(?<![/A-Za-z])(deploy|src)/[A-Za-z/.-]*[A-Za-z]")]
    private static partial Regex Place();
}
