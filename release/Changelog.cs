using System.Text.RegularExpressions;

namespace XilinIngest.Release;

/// <summary>
/// CHANGELOG.md: a section for each version, newest first, headed <c>## 0.1.0 – 2026-12-01</c>, or <c>## 0.1.0 – unreleased</c> until it is
/// prepared.
/// </summary>
internal static partial class Changelog
{
    private const string Unreleased = "unreleased";

    /// <summary>The versions that were released, newest first.</summary>
    public static IReadOnlyList<string> Released(string text) =>
        [.. Heading().Matches(text).Where(heading => heading.Groups["when"].Value != Unreleased)
            .Select(heading => heading.Groups["version"].Value)];

    /// <summary>What changed in a version; in a pre-release, what is unreleased.</summary>
    /// <exception cref="ReleaseException">There is no section for it, or it has no date yet.</exception>
    public static string Notes(string text, string version)
    {
        var sections = Heading().Matches(text);
        var isPreRelease = version.Contains('-', StringComparison.Ordinal);
        var at = sections.FirstOrDefault(heading => heading.Groups["version"].Value == version.Split('-')[0])
            ?? throw new ReleaseException($"CHANGELOG.md has no section for {version}: head one '## {version} – unreleased'.");
        if (at.Groups["when"].Value == Unreleased && !isPreRelease)
        {
            throw new ReleaseException(
                $"CHANGELOG.md says that {version} is unreleased: run ./release.sh --prepare {version}, and commit.");
        }

        var next = sections.FirstOrDefault(heading => heading.Index > at.Index)?.Index ?? text.Length;
        return text[(at.Index + at.Length)..next].Trim();
    }

    /// <summary>Gives the section of a version its date.</summary>
    /// <exception cref="ReleaseException">There is no unreleased section for it.</exception>
    public static string Date(string text, string version, DateOnly day)
    {
        var heading = $"## {version} – {Unreleased}";
        return text.Contains($"{heading}\n", StringComparison.Ordinal)
            ? text.Replace($"{heading}\n", FormattableString.Invariant($"## {version} – {day:yyyy-MM-dd}\n"), StringComparison.Ordinal)
            : throw new ReleaseException($"CHANGELOG.md has no heading '{heading}'.");
    }

    [GeneratedRegex(@"^## (?<version>\d+\.\d+\.\d+) – (?<when>unreleased|\d{4}-\d\d-\d\d)\n", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
