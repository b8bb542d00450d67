namespace XilinIngest.TestFixtures;

/// <summary>The committed files, and the programs that were built together with the tests.</summary>
public static class RepositoryFiles
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);

    public static readonly string Catalogue = Path.Combine(Root, "catalogue");

    /// <summary>A program in the configuration and framework of the tests: …/bin/Release/net10.0.</summary>
    /// <param name="project">The folder of the project below <c>src</c>.</param>
    public static string ProgramOf(string project) => Path.Combine(
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
