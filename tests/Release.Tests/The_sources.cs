using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace XilinIngest.Release.Tests;

/// <summary>What a release is made of, before it is made.</summary>
public sealed partial class The_sources
{
    private static readonly string Root = RepositoryFiles.Root;

    [Fact]
    public void Can_be_released_as_the_pre_release_of_the_newest_version() =>
        Assert.Empty(Preparation.FindFaults(Root, $"{NewestVersion}-rc.1"));

    [Fact]
    public void Deploy_one_version_which_is_the_newest_or_the_one_before()
    {
        var deployed = Assert.Single(DeployedVersion.Find(Root).Select(place => place.Version).Distinct());
        Assert.Equal(8, DeployedVersion.Find(Root).Count());
        Assert.Contains(deployed, Changelog.Released(Changelogged).Prepend(NewestVersion));
    }

    [Fact]
    public void Have_a_version_of_no_release_where_none_is_named()
    {
        var version = XElement.Load(Path.Combine(Root, "Directory.Build.props")).Descendants("Version").Single();
        Assert.Equal(("0.0.0-dev", "'$(Version)' == ''"), (version.Value, (string?)version.Attribute("Condition")));
    }

    [Theory, InlineData("Ingest.Contracts", "../Package.props"), InlineData("Ingest.ClientLibrary", "../Package.props"),
        InlineData("Ingest.Client", "Ingest.Client.csproj"), InlineData("Admin", "Admin.csproj")]
    public void Describe_what_is_packed_with_a_page_about_it(string project, string packing)
    {
        var folder = Path.Combine(Root, "src", project);
        Assert.NotEmpty(XElement.Load(Path.Combine(folder, $"{project}.csproj")).Descendants("Description"));
        var packed = XElement.Load(Path.Combine(folder, packing)).Descendants("None")
            .Where(none => (string?)none.Attribute("Pack") == "true").SelectMany(none => ((string)none.Attribute("Include")!).Split(';'));
        Assert.Equal(["README.md", "LICENSE"], packed.Select(path => path.Split('/', ')')[^1]));
    }

    private static string Changelogged => File.ReadAllText(Path.Combine(Root, "CHANGELOG.md"));

    private static string NewestVersion => Heading().Match(Changelogged).Groups[1].Value;

    [GeneratedRegex(@"^## (\d+\.\d+\.\d+)", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
