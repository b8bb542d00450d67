using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.Samples.Tests;

/// <summary>The files as they are committed.</summary>
internal static class SampleRepository
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);
    public static readonly CatalogueRows Catalogue = CatalogueRows.Read(Path.Combine(Root, "catalogue"));
    public static readonly IReadOnlyList<IReadOnlyDictionary<string, string>> Printed = Rows("tests/Samples.Tests/xilin-2022.csv");

    public static IEnumerable<string> SampleFiles =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples"), "20??-??.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string path) =>
        CsvRecordReader.ReadSoundFile(Path.Combine(Root, path));

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
