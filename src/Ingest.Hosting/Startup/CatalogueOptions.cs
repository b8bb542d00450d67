using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>The catalogue's folder: <c>Catalogue:Folder</c>.</summary>
internal sealed class CatalogueOptions
{
    private const string DefaultFolder = "catalogue";

    public string? Folder { get; set; }

    public string EffectiveFolder => string.IsNullOrEmpty(Folder) ? DefaultFolder : Folder;
}

/// <summary>Validates that the folder exists.</summary>
internal sealed class CatalogueOptionsValidator : IValidateOptions<CatalogueOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogueOptions options)
    {
        var faults = new SettingFaults();
        faults.Check("Catalogue:Folder", options.EffectiveFolder, Directory.Exists, "存有 CSV 目录文件的文件夹",
            "a folder with the catalogue's CSV files");
        return faults.Result;
    }
}

/// <summary>The language of the console: <c>Console:Language</c>.</summary>
internal sealed class ConsoleOptions
{
    public string? Language { get; set; }
}

/// <summary>Validates the language.</summary>
internal sealed class ConsoleOptionsValidator : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var faults = new SettingFaults();
        faults.Check("Console:Language", options.Language, text => text is "zh" or "en", "zh 或 en", "zh or en");
        return faults.Result;
    }
}

/// <summary>Reads the catalogue's folder and the console's language at the start.</summary>
public static class CatalogueStartup
{
    /// <summary>The catalogue's folder; null: a fault.</summary>
    public static string? CatalogueFolder(this StartupOptions options)
    {
        var folder = options.Bind(new CatalogueOptionsValidator(), "Catalogue").EffectiveFolder;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    /// <summary>The catalogue's folder, of a program that does without one; null: there is none.</summary>
    public static string? FindCatalogueFolder(this StartupOptions options)
    {
        var folder = options.Read("Catalogue:Folder") is { Length: > 0 } named ? named : new CatalogueOptions().EffectiveFolder;
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }

    /// <summary>The console, in Chinese unless the setting says English.</summary>
    public static ServiceConsole CreateConsole(this StartupOptions options) =>
        new(options.Bind(new ConsoleOptionsValidator(), "Console").Language == "en");
}
