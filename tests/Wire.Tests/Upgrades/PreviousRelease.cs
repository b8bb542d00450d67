using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace XilinIngest.Wire.Tests.Upgrades;

/// <summary>The services of the release before, unpacked: from artifacts/previous, or from where XILIN_PREVIOUS_RELEASE says.</summary>
internal sealed class PreviousRelease : IDisposable
{
    private readonly TestFolder _folder = new();

    internal PreviousRelease()
    {
        using var archive = File.OpenRead(Archive!);
        using var tar = new GZipStream(archive, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, _folder.Path, overwriteFiles: false);
    }

    /// <summary>Its services for this machine; null: there is no release before.</summary>
    internal static string? Archive { get; } = Directory.Exists(Folder)
        ? Directory.GetFiles(Folder, $"xilin-services-*-linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}.tar.gz")
            .Order(StringComparer.Ordinal).LastOrDefault()
        : null;

    private static string Folder =>
        Environment.GetEnvironmentVariable("XILIN_PREVIOUS_RELEASE") ?? Path.Combine(RepositoryFiles.Root, "artifacts", "previous");

    /// <summary>A program of it, by the folder of its project below <c>src</c>.</summary>
    internal string ProgramOf(string project) => Directory.GetFiles(_folder.Path, $"XilinIngest.{project}.dll", SearchOption.AllDirectories)
        .Single(file => File.Exists(Path.ChangeExtension(file, ".runtimeconfig.json")));

    public void Dispose() => _folder.Dispose();
}

/// <summary>A test with the release before: skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnThePreviousReleaseFactAttribute : FactAttribute
{
    public OnThePreviousReleaseFactAttribute() => Skip = PreviousRelease.Archive is null
        ? "There is no release before in artifacts/previous, nor in the folder that XILIN_PREVIOUS_RELEASE names." : null;
}
