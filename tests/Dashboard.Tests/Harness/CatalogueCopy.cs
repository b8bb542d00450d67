namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>A copy of the catalogue that is shipped, whose files a test may edit; deleted at the end.</summary>
internal sealed class CatalogueCopy : IDisposable
{
    internal CatalogueCopy()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*", SearchOption.AllDirectories))
        {
            var copy = In(System.IO.Path.GetRelativePath(RepositoryFiles.Catalogue, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-catalogue-").FullName;

    internal void Edit(string file, Func<string, string> edit) => File.WriteAllText(In(file), edit(File.ReadAllText(In(file))));

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
