using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace XilinIngest.Release;

/// <summary>A package of which something is in a program or needed by a library.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Sha512">The hash of its file in base64; null: not known.</param>
/// <param name="Licence">An SPDX expression, or the address of its licence; null: it names none.</param>
internal sealed record PackageUse(string Name, string Version, string? Sha512, string? Licence)
{
    private static readonly string[] RunningKinds = ["runtime", "native", "runtimeTargets"];

    public string Reference => $"pkg:nuget/{Name}@{Version}";

    /// <summary>The packages of a restored project: those with something that runs, and the runtime that a single file brings.</summary>
    /// <param name="assets">Its project.assets.json.</param>
    public static IReadOnlyList<PackageUse> ReadAssets(string assets)
    {
        var root = JsonNode.Parse(File.ReadAllText(assets))!;
        var folders = root["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
        var libraries = root["libraries"]!.AsObject();

        // The last target is that of the runtime identifier, where there is one.
        var used = root["targets"]!.AsObject().Last().Value!.AsObject().Where(each => (string?)each.Value!["type"] == "package"
            && Array.Exists(RunningKinds, kind => each.Value[kind] is JsonObject files
                && files.Any(file => !file.Key.EndsWith("/_._", StringComparison.Ordinal))));
        var packages = used.Select(each => each.Key.Split('/') is var name
            ? new PackageUse(name[0], name[1], (string?)libraries[each.Key]!["sha512"], FindLicence(folders, name[0], name[1])) : null!);
        return [.. packages, .. ReadRuntimes(root, folders)];
    }

    private static IEnumerable<PackageUse> ReadRuntimes(JsonNode root, IReadOnlyList<string> folders) =>
        from framework in root["project"]!["frameworks"]!.AsObject()
        from download in framework.Value!["downloadDependencies"]?.AsArray() ?? []
        let name = (string)download["name"]!
        where name.Contains(".Runtime.", StringComparison.Ordinal)
        let version = ((string)download["version"]!).Trim('[', ']').Split(',')[0].Trim()
        select new PackageUse(name, version, ReadHash(folders, name, version), FindLicence(folders, name, version));

    private static string? ReadHash(IEnumerable<string> folders, string name, string version) =>
        FindFile(folders, name, version, $"{name}.{version}.nupkg.sha512") is { } file ? File.ReadAllText(file) : null;

    private static string? FindLicence(IEnumerable<string> folders, string name, string version)
    {
        if (FindFile(folders, name, version, $"{name}.nuspec") is not { } file)
        {
            return null;
        }

        var metadata = XElement.Load(file).Elements().First(element => element.Name.LocalName == "metadata").Elements().ToList();
        return (metadata.Find(element => element.Name.LocalName == "license" && (string?)element.Attribute("type") == "expression")
            ?? metadata.Find(element => element.Name.LocalName == "licenseUrl"))?.Value;
    }

    private static string? FindFile(IEnumerable<string> folders, string name, string version, string file) =>
        folders.Select(folder => Path.Combine(folder, name.ToLowerInvariant(), version, file.ToLowerInvariant()))
            .FirstOrDefault(File.Exists);
}
