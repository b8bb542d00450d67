using System.Xml.Linq;

namespace XilinIngest.Deploy.Tests;

public sealed class An_image
{
    public static TheoryData<string> Files => [.. Dockerfile.All.Select(file => file.Name)];

    [Theory, MemberData(nameof(Files))]
    public void Is_built_in_stages_from_named_versions_and_runs_without_root(string name)
    {
        var file = Read(name);
        Assert.Equal(["${SDK_IMAGE} AS build", "${RUNTIME_IMAGE}"], file.Instructions("FROM"));
        Assert.All(file.Arguments.Values, image => Assert.Matches("^mcr\\.microsoft\\.com/dotnet/[a-z]+:10\\.0[a-z-]*$", image));

        // What has ICU, without a shell or a package manager.
        Assert.EndsWith("-chiseled-extra", file.Arguments["RUNTIME_IMAGE"], StringComparison.Ordinal);
        Assert.Equal(["1654:1654"], file.Instructions("USER"));
    }

    [Theory, MemberData(nameof(Files))]
    public void Starts_a_program_that_there_is_with_settings_that_it_reads(string name)
    {
        var file = Read(name);
        Assert.True(Directory.Exists(Path.Combine(RepositoryFiles.Root, file.Project)), file.Project);
        Assert.True(File.Exists(file.Program), file.Program);
        Assert.All(file.Environment.Keys.Where(setting => !KnownSettings.IsRuntime(setting)),
            setting => Assert.Contains(setting, KnownSettings.Settings));
        if (name != "admin.Dockerfile")
        {
            Assert.Equal(file.Environment.GetValueOrDefault("Http__Port") ?? "5080", Assert.Single(file.Instructions("EXPOSE")));
            Assert.EndsWith($"""CMD ["dotnet", "{file.EntryPoint[1]}", "--probe"]""", Assert.Single(file.Instructions("HEALTHCHECK")),
                StringComparison.Ordinal);
        }
    }

    /// <summary>By release.sh, from src/Service.props. Ports there are the programs' own defaults.</summary>
    [Theory, MemberData(nameof(Files))]
    public void Has_the_same_settings_where_it_is_made_without_its_Dockerfile(string name)
    {
        var file = Read(name);
        var project = $"'{Path.GetFileName(file.Project)}'";
        if (project == "'Admin'")
        {
            return;
        }

        var settings = XElement.Load(Path.Combine(RepositoryFiles.Root, "src", "Service.props")).Descendants("ContainerEnvironmentVariable")
            .Where(setting => (string?)setting.Parent!.Attribute("Condition") is not { } condition
                || condition.Contains(project, StringComparison.Ordinal) == condition.Contains("==", StringComparison.Ordinal));
        Assert.Equal(
            file.Environment.Where(setting => !setting.Key.EndsWith("__Port", StringComparison.Ordinal)).OrderBy(setting => setting.Key),
            settings.Select(setting => KeyValuePair.Create((string)setting.Attribute("Include")!, (string)setting.Attribute("Value")!))
                .OrderBy(setting => setting.Key));
    }

    [Theory, MemberData(nameof(Files))]
    public void Takes_only_what_the_context_has(string name)
    {
        // The whole context goes into the first stage; what that is, .dockerignore says.
        Assert.Equal([". .", "--from=build /app /app"],
            Read(name).Instructions("COPY")
                .Where(copy => !copy.StartsWith("--from=build --chown=1654:1654 /data", StringComparison.Ordinal)));
        var ignore = File.ReadAllLines(Path.Combine(RepositoryFiles.Root, ".dockerignore")).Where(line => !line.StartsWith('#')).ToList();
        Assert.Equal("*", ignore[0]);
        Assert.All(ignore.Where(line => line[0] == '!'),
            line => Assert.True(Path.Exists(Path.Combine(RepositoryFiles.Root, line[1..])), line));
        Assert.Contains("**/bin", ignore);
        Assert.DoesNotContain("!deploy", ignore);
    }

    private static Dockerfile Read(string name) => new(Path.Combine(ComposeFile.Folder, "docker", name));
}
