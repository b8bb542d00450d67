using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Standalone.Tests;

/// <summary>The committed files, and the program as it was built beside this assembly.</summary>
internal static class StandaloneFiles
{
    internal static readonly string Root = FindRoot(AppContext.BaseDirectory);
    internal static readonly string Catalogue = Path.Combine(Root, "catalogue");

    /// <summary>Same configuration and framework as the tests: …/bin/Release/net10.0.</summary>
    internal static readonly string Program = Path.Combine(
        [Root, "src", "Standalone",
            .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..],
            "XilinIngest.Standalone.dll"]);

    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string path) => CsvRecordReader.ReadSoundFile(path);

    /// <summary>The figures of the printed report, in its order.</summary>
    internal static IReadOnlyList<IReadOnlyDictionary<string, string>> Printed =>
        Rows(Path.Combine(AppContext.BaseDirectory, "xilin-2022.csv"));

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

/// <summary>A folder for one test, deleted after it.</summary>
internal sealed class TestFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-test-").FullName;

    internal string In(string name) => System.IO.Path.Combine(Path, name);

    internal static TestFolder CopyOfCatalogue()
    {
        var folder = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(StandaloneFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, folder.In(System.IO.Path.GetFileName(file)));
        }

        return folder;
    }

    internal void Edit(string file, Func<string, string> edit) => File.WriteAllText(In(file), edit(File.ReadAllText(In(file))));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
