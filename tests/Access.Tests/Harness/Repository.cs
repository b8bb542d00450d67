namespace XilinIngest.Access.Tests.Harness;

/// <summary>The committed files, and the programs as they were built beside this assembly.</summary>
internal static class Repository
{
    internal static readonly string Root = FindRoot(AppContext.BaseDirectory);
    internal static readonly string Catalogue = Path.Combine(Root, "catalogue");

    /// <summary>Same configuration and framework as the tests: …/bin/Release/net10.0.</summary>
    internal static readonly string Standalone = Path.Combine(
        [Root, "src", "Standalone", .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..], "XilinIngest.Standalone.dll"]);

    /// <summary>The first enterprise of a village.</summary>
    internal static string FirmOf(string village) => CatalogueFiles.CatalogueReader.Read(Catalogue).Catalogue!.Units.All
        .First(unit => unit.Code.IsEnterprise && unit.Spans[^1] is { To: null } span && span.Parent?.Value == village).Code.Value;

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
