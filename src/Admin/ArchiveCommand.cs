using System.CommandLine;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Archives;
using XilinIngest.Admin.Doctor;
using XilinIngest.Hosting;

namespace XilinIngest.Admin;

/// <summary>Writes a closed year as files that other programs read.</summary>
internal static class ArchiveCommand
{
    private const int FirstYear = 1950;
    private const int LastYear = 2999;

    public static Command Create()
    {
        var year = new Argument<int>("year") { Description = "The year, whose months are all closed or locked." };
        year.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < FirstYear or > LastYear)
            {
                result.AddError($"The year is from {FirstYear} to {LastYear}.");
            }
        });
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "The folder of archives; the year gets a folder in it.",
            Required = true,
        };
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "The data folder of the one-process service (default: ./data, where the settings name no database).",
        };
        var catalogue = new Option<DirectoryInfo?>("--catalogue")
        {
            Description = "The catalogue's folder (default: Catalogue__Folder, else ./catalogue).",
        };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");
        var command = new Command("archive",
            """
            Write a closed year as Parquet, which statistics programs read without this one: the rows of the log and the figures that count,
            the hashes of the log, its signed checkpoints and the catalogue. The log is verified first. Nothing is deleted from the ledger.

            Examples:
              xilin-admin archive 2021 --to /mnt/archive --data /var/lib/xilin --catalogue /etc/xilin/catalogue
              Secrets__Folder=/etc/xilin/xilin-worker xilin-admin archive 2021 --to /mnt/archive
            """)
        {
            year, to, data, catalogue, language,
        };
        command.SetAction((result, cancellation) =>
        {
            var (console, root) = (new ServiceConsole(result.GetValue(language) == "en"), result.GetRequiredValue(to).FullName);
            return console.RunGuardedAsync(root, "--to", () => RunAsync(
                console, result.GetValue(year), root, result.GetValue(data)?.FullName, result.GetValue(catalogue)?.FullName, cancellation));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceConsole console, int year, string root, string? data, string? catalogue, CancellationToken cancellationToken)
    {
        var installation = Installation.Read(
            new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().AddInMemoryCollection(
                catalogue is null ? [] : new Dictionary<string, string?> { ["Catalogue:Folder"] = catalogue }).Build(), data);
        if (installation.Settings.ReportFaults(console))
        {
            return 1;
        }

        List<Store> ledgers = [.. installation.Of(StoreKind.Ledger)];
        if (ledgers.Count == 0 || installation.KeyPath is not { } keyPath || installation.CatalogueFolder is not { } folder)
        {
            return console.Fail(
                "找不到台账或目录：请用 --data 和 --catalogue 指定，或给出服务的设置（ConnectionStrings__Ledger、Ledger__KeyFile、Catalogue__Folder）。",
                "There is no ledger or catalogue: name them with --data and --catalogue, or give the settings of the services "
                + "(ConnectionStrings__Ledger, Ledger__KeyFile, Catalogue__Folder).");
        }

        try
        {
            var made = await new YearArchive(year, ledgers, keyPath, folder, TimeProvider.System).WriteAsync(root, cancellationToken);
            console.WriteLine(
                $"✓ {year} 年已归档到 {made.Folder}：台账 {made.Entries} 行，数字 {made.Figures} 个，台账核对无误。",
                $"✓ {year} is archived in {made.Folder}: {made.Entries} rows of the log, {made.Figures} figures; the log holds.");
            return 0;
        }
        catch (AdminCommandException exception)
        {
            return console.Fail(exception.MessageZh, exception.Message);
        }
    }
}
