using System.CommandLine;
using XilinIngest.Admin.Archives;
using XilinIngest.Admin.Installations;
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
        var place = new InstallationOptions();
        var command = new Command("archive",
            """
            Write a closed year as Parquet, which statistics programs read without this one: the rows of the log and the figures that count,
            the hashes of the log, its signed checkpoints and the catalogue. The log is verified first. Nothing is deleted from the ledger.

            Examples:
              xilin-admin archive 2021 --to /mnt/archive --data /var/lib/xilin --catalogue /etc/xilin/catalogue
              Secrets__Folder=/etc/xilin/xilin-worker xilin-admin archive 2021 --to /mnt/archive
            """)
        {
            year, to, place.Data, place.Catalogue, place.Language,
        };
        command.SetAction((result, cancellation) =>
        {
            var (console, root) = (place.ConsoleOf(result), result.GetRequiredValue(to).FullName);
            return console.RunGuardedAsync(root, "--to", () => RunAsync(
                console, result.GetValue(year), root, place.Read(result, place.CatalogueOf(result)), cancellation));
        });
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceConsole console, int year, string root, Installation installation, CancellationToken cancellationToken)
    {
        if (installation.Settings.ReportFaults(console))
        {
            return 1;
        }

        List<Store> ledgers = [.. installation.Of(StoreKind.Ledger)];
        if (ledgers.Count == 0 || installation is not { KeyPath: { } keyPath, CatalogueFolder: { } folder })
        {
            return InstallationOptions.FailWithoutLedger(console);
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
