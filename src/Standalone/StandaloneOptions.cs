namespace XilinIngest.Standalone;

/// <summary>What the command line says.</summary>
internal sealed record StandaloneOptions
{
    public required string DataFolder { get; init; }
    public required string CatalogueFolder { get; init; }
    public required int Port { get; init; }
    public bool English { get; init; }

    public string LedgerPath => Path.Combine(DataFolder, "ledger.db");
    public string CubePath => Path.Combine(DataFolder, "cube.db");
    public string KeyPath => Path.Combine(DataFolder, "ledger-key.pem");

    /// <summary>The folder named, or the user's own below the current one, or the one shipped with the program.</summary>
    public static string FindCatalogue(string? named)
    {
        var own = Path.GetFullPath("catalogue");
        return named ?? (Directory.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "catalogue"));
    }
}
