namespace XilinIngest.Release;

/// <summary>The edits that precede a release, and the check that they were made.</summary>
internal static class Preparation
{
    private const string ChangelogFile = "CHANGELOG.md";

    /// <summary>Dates the changelog, ships the public API, and names the version in deploy/.</summary>
    public static void Prepare(string root, string version, DateOnly day)
    {
        var changelog = Path.Combine(root, ChangelogFile);
        File.WriteAllText(changelog, Changelog.Date(File.ReadAllText(changelog), version, day));
        PublicApi.ShipFiles(root);
        DeployedVersion.Set(root, version);
    }

    /// <summary>Why a version cannot be released from these sources; nothing of that holds for a pre-release but the changelog.</summary>
    public static IEnumerable<string> FindFaults(string root, string version)
    {
        var text = File.ReadAllText(Path.Combine(root, ChangelogFile));
        string? missing = null;
        try
        {
            Changelog.Notes(text, version);
        }
        catch (ReleaseException exception)
        {
            missing = exception.Message;
        }

        if (missing is not null)
        {
            yield return missing;
        }

        if (version.Contains('-', StringComparison.Ordinal))
        {
            yield break;
        }

        foreach (var file in PublicApi.UnshippedFiles(root).Where(file => PublicApi.HasUnshipped(File.ReadAllLines(file))))
        {
            yield return $"{Path.GetRelativePath(root, file)} is not empty: run ./release.sh --prepare {version}, and commit.";
        }

        foreach (var (file, found) in DeployedVersion.Find(root).Where(place => place.Version != version))
        {
            yield return $"{file} names version {found}: run ./release.sh --prepare {version}, and commit.";
        }
    }
}
