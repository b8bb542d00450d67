using CsvHelper;

namespace XilinIngest.Samples.Tests;

/// <summary>The files as they are committed.</summary>
internal static class SampleRepository
{
    public static readonly string Root = FindRoot(AppContext.BaseDirectory);
    public static readonly CatalogueRows Catalogue = CatalogueRows.Read(Path.Combine(Root, "catalogue"));
    public static readonly IReadOnlyList<Dictionary<string, string>> Printed = Rows("tests/Samples.Tests/xilin-2022.csv");

    public static IEnumerable<string> SampleFiles =>
        Directory.EnumerateFiles(Path.Combine(Root, "samples"), "20??-??.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static List<Dictionary<string, string>> Rows(string path)
    {
        using var csv = CsvReader.FromFile(Path.Combine(Root, path));
        var header = File.ReadLines(Path.Combine(Root, path)).First().Split(',');
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(header.ToDictionary(column => column, column => csv.GetString(column)));
        }

        return rows;
    }

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
