using System.Formats.Tar;
using System.IO.Compression;

namespace XilinIngest.Release.Tests.Made;

/// <summary>The release that <c>./release.sh --check</c> names, and a folder to install it into, empty at first.</summary>
public sealed class MadeRelease : IDisposable
{
    private const string Variable = "XILIN_RELEASE";

    internal static string? Named => Environment.GetEnvironmentVariable(Variable);

    internal string Folder { get; } = Named!;

    internal string Installed { get; } = Directory.CreateTempSubdirectory("xilin-installed-").FullName;

    internal string Version => Path.GetFileName(Find("XilinIngest.Contracts.*.nupkg"))["XilinIngest.Contracts.".Length..^".nupkg".Length];

    // What this machine runs.
    internal const string Runtime = "linux-x64";

    internal string Find(string pattern) => Directory.GetFiles(Folder, pattern).Order(StringComparer.Ordinal).First();

    /// <summary>Unpacks an archive, and returns the folder that was in it.</summary>
    internal string Unpack(string name)
    {
        var folder = Path.Combine(Installed, name[..name.LastIndexOf(name.EndsWith(".zip", StringComparison.Ordinal) ? ".zip" : ".tar",
            StringComparison.Ordinal)]);
        if (Directory.Exists(folder))
        {
            return folder;
        }

        using var archive = File.OpenRead(Path.Combine(Folder, name));
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            ZipFile.ExtractToDirectory(archive, Installed);
        }
        else
        {
            using var tar = new GZipStream(archive, CompressionMode.Decompress);
            TarFile.ExtractToDirectory(tar, Installed, overwriteFiles: false);
        }

        return folder;
    }

    internal string SingleFile(string program) =>
        Path.Combine(Unpack($"{program}-{Version}-{Runtime}.tar.gz"), program);

    public void Dispose() => Directory.Delete(Installed, recursive: true);
}

/// <summary>A test of a release that was made: skipped where none is named, or where it has nothing for the platform.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnAReleaseFactAttribute : FactAttribute
{
    public OnAReleaseFactAttribute(string? runtime = null) =>
        Skip = MadeRelease.Named is not { } folder ? "No release is named: ./release.sh --check FOLDER."
            : runtime is not null && Directory.GetFiles(folder, $"xilin-standalone-*-{runtime}.*").Length == 0
                ? $"The release has nothing for {runtime}." : null;
}
