using System.Text.RegularExpressions;

namespace XilinIngest.Release;

/// <summary>Where the repository names its version: of the images that it deploys, and of the messages.</summary>
internal static class DeployedVersion
{
    private static readonly (string File, Regex Place)[] Places =
    [
        ("deploy/.env", new("(?<=^XILIN_VERSION=).+$", RegexOptions.Multiline)),
        ("deploy/kubernetes/example/kustomization.yaml", new("(?<=newTag: )[^ }]+")),
        ("docs/wire/asyncapi.yaml", new("(?<=^  version: ).+$", RegexOptions.Multiline)),
        ("docs/deploy.md", new("(?<=xilin-admin:)[0-9][^ ]*")),
    ];

    /// <summary>Each place: the file, and the version there.</summary>
    public static IEnumerable<(string File, string Version)> Find(string root) =>
        from place in Places
        from match in place.Place.Matches(File.ReadAllText(Path.Combine(root, place.File)))
        select (place.File, match.Value);

    public static void Set(string root, string version)
    {
        foreach (var (file, place) in Places)
        {
            var path = Path.Combine(root, file);
            File.WriteAllText(path, place.Replace(File.ReadAllText(path), version));
        }
    }
}
