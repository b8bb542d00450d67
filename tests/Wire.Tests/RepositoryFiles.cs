using System.Text.RegularExpressions;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace XilinIngest.Wire.Tests;

/// <summary>The committed files, and the programs as they were built beside this assembly.</summary>
internal static class RepositoryFiles
{
    internal static readonly string Root = FindRoot(AppContext.BaseDirectory);

    /// <summary>Same configuration and framework as the tests: …/bin/Release/net10.0.</summary>
    internal static string ProgramOf(string project) => Path.Combine(
        [Root, "src", project, .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..],
            $"XilinIngest.{project}.dll"]);

    private static string FindRoot(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "XilinIngest.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No XilinIngest.sln above {from}: run the tests from within the repository.");
    }
}

/// <summary>The data of two services, and a catalogue whose months of 2022 are still open.</summary>
internal sealed partial class ServiceDataFolder : IDisposable
{
    internal ServiceDataFolder()
    {
        Directory.CreateDirectory(Catalogue);
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(RepositoryFiles.Root, "catalogue"), "*.csv"))
        {
            File.Copy(file, System.IO.Path.Combine(Catalogue, System.IO.Path.GetFileName(file)));
        }

        var calendar = System.IO.Path.Combine(Catalogue, "calendar.csv");
        File.WriteAllText(calendar,
            Windows().Replace(File.ReadAllText(calendar), "$1,2097-01-01T00:00:00+08:00,2098-01-01T00:00:00+08:00"));
    }

    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-wire-").FullName;

    internal string Catalogue => System.IO.Path.Combine(Path, "catalogue");

    internal string Ledger => $"Data Source={System.IO.Path.Combine(Path, "ledger.db")}";

    internal string Cube => $"Data Source={System.IO.Path.Combine(Path, "cube.db")}";

    public void Dispose() => Directory.Delete(Path, recursive: true);

    // The month, when it opens and its deadline stay; closing and locking are put off.
    [GeneratedRegex("^(\\d{4}-\\d\\d,[^,]*,[^,]*),[^,]*,.*$", RegexOptions.Multiline)]
    private static partial Regex Windows();
}
