namespace XilinIngest.TestServices;

/// <summary>The data folder of two services, with a catalogue whose months of 2022 are still open.</summary>
internal sealed class ServiceDataFolder : IDisposable
{
    private readonly TestFolder _catalogue = TestFolder.CatalogueWithOpenMonths();

    internal string Path { get; } = Directory.CreateTempSubdirectory("xilin-wire-").FullName;

    internal TestFolder CatalogueFolder => _catalogue;

    internal string Catalogue => _catalogue.Path;

    internal string Ledger => $"Data Source={System.IO.Path.Combine(Path, "ledger.db")}";

    internal string Cube => $"Data Source={System.IO.Path.Combine(Path, "cube.db")}";

    internal string Notices => $"Data Source={System.IO.Path.Combine(Path, "notices.db")}";

    public void Dispose()
    {
        _catalogue.Dispose();
        Directory.Delete(Path, recursive: true);
    }
}
