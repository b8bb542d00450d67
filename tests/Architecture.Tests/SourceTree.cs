using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace XilinIngest.Architecture.Tests;

/// <summary>The projects under src, as their files and as their assemblies.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceProject> Projects { get; } =
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(SourceProject.Read).OrderBy(project => project.Name)];

    public static SourceProject Find(string name) => Projects.Single(project => project.Name == name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "XilinIngest.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the tests has XilinIngest.sln.");
        }

        return folder.FullName;
    }
}

/// <param name="Name">The folder under src, which is the project's name.</param>
/// <param name="File">The project file.</param>
/// <param name="AssemblyName">The assembly.</param>
/// <param name="Project">The content of the project file.</param>
internal sealed partial record SourceProject(string Name, string File, string AssemblyName, XElement Project)
{
    /// <summary>The root namespace: Directory.Build.props leaves a leading "Ingest." out.</summary>
    public string RootNamespace =>
        $"XilinIngest.{(Name.StartsWith("Ingest.", StringComparison.Ordinal) ? Name["Ingest.".Length..] : Name)}";

    public System.Reflection.Assembly Assembly => System.Reflection.Assembly.Load(AssemblyName);

    /// <summary>The projects that the project file references.</summary>
    public IReadOnlyList<string> References =>
        [.. Project.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))];

    /// <summary>Every source file of its folder with the namespace that it declares; none where it has top-level statements.</summary>
    public IEnumerable<(string File, string Namespace)> Namespaces =>
        from file in Directory.EnumerateFiles(Path.GetDirectoryName(File)!, "*.cs", SearchOption.AllDirectories)
        where !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin")
        let declared = NamespaceLine().Match(System.IO.File.ReadAllText(file))
        where declared.Success
        select (file, declared.Groups[1].Value);

    public static SourceProject Read(string file)
    {
        var (project, name) = (XElement.Load(file), Path.GetFileNameWithoutExtension(file));
        return new(name, file, project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"XilinIngest.{name}", project);
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
