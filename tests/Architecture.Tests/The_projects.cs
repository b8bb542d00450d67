using System.Xml.Linq;

namespace XilinIngest.Architecture.Tests;

/// <summary>Who may depend on whom: the table "Projects" of docs/architecture.md.</summary>
public sealed class The_projects
{
    private static readonly string[] Services =
        ["Indicators", "Ingest.Contracts", "InputOutput", "Submissions", "CatalogueFiles", "Ingest.Messaging", "Ingest.Storage",
            "Ingest.Hosting"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Indicators"] = [],
        ["Ingest.Contracts"] = [],
        ["InputOutput"] = [],
        ["SignedNotes"] = [],
        ["Telemetry"] = [],
        ["TabularFiles"] = ["Indicators"],
        ["Submissions"] = ["Indicators", "Ingest.Contracts"],
        ["CatalogueFiles"] = ["Indicators", "TabularFiles"],
        ["SubmissionFiles"] = ["Indicators", "Ingest.Contracts", "InputOutput", "Submissions", "TabularFiles"],
        ["Ingest.Messaging"] = ["Ingest.Contracts"],
        ["Ingest.Storage"] = ["Indicators", "InputOutput"],
        ["Ingest.Hosting"] =
        ["Indicators", "Ingest.Contracts", "InputOutput", "Submissions", "CatalogueFiles", "Ingest.Messaging", "Ingest.Storage",
            "Telemetry"],
        ["Ingest.Worker"] = [.. Services, "SignedNotes"],
        ["Aggregator"] = Services,
        ["Aggregator.Cluster"] = [.. Services, "Aggregator"],
        ["Notifier"] = Services,
        ["Dashboard"] =
        ["Indicators", "Ingest.Contracts", "InputOutput", "TabularFiles", "Submissions", "SubmissionFiles", "Ingest.Hosting"],
        ["Ingest.ClientLibrary"] = ["Indicators", "Ingest.Contracts", "InputOutput"],
        ["Ingest.Client"] =
        ["Ingest.ClientLibrary", "Indicators", "Ingest.Contracts", "InputOutput", "TabularFiles", "Submissions", "SubmissionFiles",
            "CatalogueFiles", "Telemetry", "SignedNotes"],
        ["KeyCommands"] = ["Indicators", "InputOutput", "CatalogueFiles", "Ingest.Hosting"],
        ["Admin"] =
        [.. Services, "KeyCommands", "Ingest.Worker", "Aggregator", "Notifier", "Ingest.ClientLibrary", "SubmissionFiles", "Telemetry",
            "SignedNotes"],
        ["Standalone"] = [.. Services, "KeyCommands", "Ingest.Worker", "Aggregator", "Notifier", "Dashboard", "SignedNotes"],
    };

    public static TheoryData<string> Names => [.. SourceTree.Projects.Select(project => project.Name)];

    [Fact]
    public void Are_all_in_the_table_of_dependencies() =>
        Assert.Equal(Allowed.Keys.Order(), SourceTree.Projects.Select(project => project.Name).Order());

    [Theory, MemberData(nameof(Names))]
    public void Reference_no_project_that_they_may_not(string name) => Assert.Empty(SourceTree.Find(name).References.Except(Allowed[name]));

    [Theory, MemberData(nameof(Names))]
    public void Use_no_type_of_a_project_that_they_may_not(string name)
    {
        using var compiled = CompiledProject.Open(SourceTree.Find(name));
        var used = SourceTree.Projects.Where(project => compiled.Assemblies.Contains(project.AssemblyName)).Select(project => project.Name);
        Assert.Empty(used.Except(Allowed[name]));
    }

    [Theory, MemberData(nameof(Names))]
    public void Have_their_folder_as_their_name_and_root_namespace(string name)
    {
        var project = SourceTree.Find(name);
        Assert.Equal(Path.Combine("src", name, $"{name}.csproj"), Path.GetRelativePath(SourceTree.Root, project.File));
        Assert.All(project.Namespaces, file => Assert.True(
            file.Namespace == project.RootNamespace || file.Namespace.StartsWith(project.RootNamespace + ".", StringComparison.Ordinal),
            $"{file.File} declares {file.Namespace}."));
    }

    [Fact]
    public void Compile_no_source_of_another_folder() => Assert.Empty(
        from root in new[] { "src", "tests", "bench", "samples" }
        from file in Directory.GetFiles(Path.Combine(SourceTree.Root, root), "*.csproj", SearchOption.AllDirectories)
        from item in XElement.Load(file).Descendants("Compile")
        where item.Attribute("Include")?.Value.Replace('\\', '/').StartsWith("../", StringComparison.Ordinal) == true
        select $"{file}: {item}");
}
