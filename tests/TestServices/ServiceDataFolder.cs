using System.Text.RegularExpressions;

namespace XilinIngest.TestServices;

/// <summary>The data folder of two services, with a catalogue whose months of 2022 are still open.</summary>
internal sealed partial class ServiceDataFolder : IDisposable
{
    internal ServiceDataFolder()
    {
        Directory.CreateDirectory(Catalogue);
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
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

    // Keeps month, opening and deadline, and postpones closing and locking.
    [GeneratedRegex("^(\\d{4}-\\d\\d,[^,]*,[^,]*),[^,]*,.*$", RegexOptions.Multiline)]
    private static partial Regex Windows();
}
