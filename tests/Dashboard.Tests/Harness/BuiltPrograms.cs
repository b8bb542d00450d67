namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>The committed files, and the programs as they were built beside this assembly.</summary>
internal static class BuiltPrograms
{
    internal static readonly string Root = FindRoot(AppContext.BaseDirectory);
    internal static readonly string Catalogue = Path.Combine(Root, "catalogue");

    internal static readonly string Standalone = Built("Standalone", "XilinIngest.Standalone.dll");
    internal static readonly string Pages = Built("Dashboard", "XilinIngest.Dashboard.dll");

    // Same configuration and framework as the tests: …/bin/Release/net10.0.
    private static string Built(string project, string program) => Path.Combine(
        [Root, "src", project, .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..],
            program]);

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
