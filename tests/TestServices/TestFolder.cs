using System.Text.RegularExpressions;

namespace XilinIngest.TestServices;

/// <summary>A temporary folder, deleted after the test.</summary>
internal sealed partial class TestFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-test-").FullName;

    internal string In(string name) => System.IO.Path.Combine(Path, name);

    internal static TestFolder CopyOfCatalogue()
    {
        var folder = new TestFolder();
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, folder.In(System.IO.Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>A copy of the catalogue whose months are still open.</summary>
    internal static TestFolder CatalogueWithOpenMonths()
    {
        var folder = CopyOfCatalogue();
        folder.Edit("calendar.csv", text => Windows().Replace(text, "$1,2097-01-01T00:00:00+08:00,2098-01-01T00:00:00+08:00"));
        return folder;
    }

    internal void Edit(string file, Func<string, string> edit) => File.WriteAllText(In(file), edit(File.ReadAllText(In(file))));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }

    // Keeps month, opening and deadline, and postpones closing and locking.
    [GeneratedRegex("^(\\d{4}-\\d\\d,[^,]*,[^,]*),[^,]*,.*$", RegexOptions.Multiline)]
    private static partial Regex Windows();
}
