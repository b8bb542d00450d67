using System.CommandLine;
using Microsoft.Extensions.Configuration;
using XilinIngest.Hosting;

namespace XilinIngest.Admin.Installations;

/// <summary>The options of the commands that are about an installation as a whole, and the installation that they name.</summary>
internal sealed class InstallationOptions
{
    public Option<DirectoryInfo?> Data { get; } = new("--data")
    {
        Description = "The data folder of the one-process service (default: ./data, where the settings name no database).",
    };

    public Option<DirectoryInfo?> Catalogue { get; } = new("--catalogue")
    {
        Description = "The catalogue's folder (default: Catalogue__Folder, else ./catalogue).",
    };

    public Option<string> Language { get; } = NewLanguage();

    public ServiceConsole ConsoleOf(ParseResult result) => new(result.GetValue(Language) == "en");

    /// <summary>The catalogue that the command line names; null: it names none.</summary>
    public string? CatalogueOf(ParseResult result) => result.GetValue(Catalogue)?.FullName;

    /// <summary>Reads the settings of the installation, which keep their faults.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="catalogue">The catalogue's folder; null: the one that the settings name.</param>
    public Installation Read(ParseResult result, string? catalogue) => Installation.Read(
        new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().AddInMemoryCollection(
            catalogue is null ? [] : new Dictionary<string, string?> { ["Catalogue:Folder"] = catalogue }).Build(),
        result.GetValue(Data)?.FullName);

    /// <summary>Says that there is no ledger to work on.</summary>
    /// <returns>The exit code.</returns>
    public static int FailWithoutLedger(ServiceConsole console) => console.Fail(
        "找不到台账或目录：请用 --data 和 --catalogue 指定，或给出服务的设置（ConnectionStrings__Ledger、Ledger__KeyFile、Catalogue__Folder）。",
        "There is no ledger or catalogue: name them with --data and --catalogue, or give the settings of the services "
        + "(ConnectionStrings__Ledger, Ledger__KeyFile, Catalogue__Folder).");

    private static Option<string> NewLanguage()
    {
        var language = new Option<string>("--lang")
        {
            Description = "zh or en: the language of what is printed.",
            DefaultValueFactory = _ => "zh",
        };
        language.AcceptOnlyFromAmong("zh", "en");
        return language;
    }
}
