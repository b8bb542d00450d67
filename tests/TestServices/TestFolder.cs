namespace XilinIngest.TestServices;

/// <summary>A temporary folder, deleted after the test.</summary>
internal sealed class TestFolder : IDisposable
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

    internal void Edit(string file, Func<string, string> edit) => File.WriteAllText(In(file), edit(File.ReadAllText(In(file))));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
