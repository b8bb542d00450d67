using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Doctor;
using XilinIngest.Hosting;
using XilinIngest.Storage;
using XilinIngest.Worker.Backups;

namespace XilinIngest.Admin;

/// <summary>Makes a backup of an installation while it runs, and restores one.</summary>
internal static class BackupCommand
{
    private const long Megabyte = 1024 * 1024;

    public static Command Create()
    {
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "The folder of all backups, best on another disk; each gets a folder of its own, called after its time (UTC).",
            Required = true,
        };
        var daily = new Option<int>("--keep-daily")
        {
            Description = "Of how many days the newest backup is kept (default: 30).",
            DefaultValueFactory = _ => new BackupRetention().Daily,
        };
        var monthly = new Option<int>("--keep-monthly")
        {
            Description = "Of how many months the newest backup is kept (default: 12).",
            DefaultValueFactory = _ => new BackupRetention().Monthly,
        };
        foreach (var kept in new[] { daily, monthly })
        {
            kept.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() is < 0 or > 10_000)
                {
                    result.AddError($"{kept.Name} takes a number from 0 to 10000.");
                }
            });
        }

        var place = new PlaceOptions();
        var command = new Command("backup",
            """
            Make a backup while the services run: notices, cubes, ledgers, signing key and catalogue. Each copy is read back into a place of
            its own, and the logs of the ledgers are verified there; then its time is recorded for health and metrics, and backups that need
            not be kept are deleted. For SQLite and PostgreSQL (needs pg_dump and pg_restore; as a user that may read all tables).

            Examples:
              xilin-admin backup --to /mnt/backup/xilin --data /var/lib/xilin --catalogue /etc/xilin/catalogue
              Secrets__Folder=/etc/xilin/xilin-migrate xilin-admin backup --to /mnt/backup/xilin
              xilin-admin backup --to D:\backup --data D:\xilin\data --keep-daily 60 --keep-monthly 24
            """)
        {
            to, place.Data, place.Catalogue, daily, monthly, place.Language,
        };
        command.SetAction((result, cancellation) =>
        {
            var console = place.ConsoleOf(result);
            return console.RunAsync(result.GetRequiredValue(to).FullName, "--to", async () =>
            {
                if (ReadSource(console, place, result, savedCatalogue: null) is not { } source)
                {
                    return 1;
                }

                var retention = new BackupRetention(result.GetValue(daily), result.GetValue(monthly));
                var run = new BackupRun(source, result.GetRequiredValue(to).FullName, retention, TimeProvider.System);
                Report(console, await run.RunAsync(cancellation));
                return 0;
            });
        });
        return command;
    }

    public static Command CreateRestore()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder of one backup." };
        var place = new PlaceOptions();
        var command = new Command("restore",
            """
            Put a backup in the place of databases, signing key and, where there is none, catalogue. Stop all services first. What was there
            is moved aside and not deleted. Then start the services and verify (docs/backup.md).

            Examples:
              xilin-admin restore /mnt/backup/xilin/20261130-190000 --data /var/lib/xilin --catalogue /etc/xilin/catalogue
              Secrets__Folder=/etc/xilin/xilin-migrate xilin-admin restore /mnt/backup/xilin/20261130-190000
            """)
        {
            folder, place.Data, place.Catalogue, place.Language,
        };
        command.SetAction((result, cancellation) =>
        {
            var (console, backup) = (place.ConsoleOf(result), result.GetRequiredValue(folder).FullName);
            return console.RunAsync(backup, "folder", async () =>
            {
                if (ReadSource(console, place, result, Path.Combine(backup, BackupRun.CatalogueFolder)) is not { } target)
                {
                    return 1;
                }

                var label = await new BackupRestore(target, backup, TimeProvider.System).RunAsync(cancellation);
                console.WriteLine(
                    $"✓ 已从 {backup} 恢复。原有的数据保留在 {label} 中（服务器上为名称以此结尾的数据库）。请启动服务，再运行 verify。",
                    $"✓ Restored from {backup}. What was there is kept in {label} (on a server, as databases whose names end so). Start "
                    + "the services, then run verify.");
                return 0;
            });
        });
        return command;
    }

    private static void Report(ServiceConsole console, BackupResult made)
    {
        var size = (made.Bytes / (decimal)Megabyte).ToString("0.#", CultureInfo.InvariantCulture);
        console.WriteLine(
            made.IsRestored
                ? $"✓ 备份 {made.Folder}（{size} MB）：已恢复到临时位置核对，台账 {made.Rows} 号无误；删去旧备份 {made.Deleted} 份。"
                : $"✓ 备份 {made.Folder}（{size} MB）：已读到末尾；该用户不能建立数据库，未恢复核对；删去旧备份 {made.Deleted} 份。",
            made.IsRestored
                ? $"✓ Backup {made.Folder} ({size} MB): restored in a place of its own, where {made.Rows} rows of the ledger hold; "
                    + $"{made.Deleted} older ones deleted."
                : $"✓ Backup {made.Folder} ({size} MB): read to its end, and not restored, for which the user would have to make "
                    + $"databases; {made.Deleted} older ones deleted.");
    }

    /// <param name="console">Prints what is missing.</param>
    /// <param name="place">The options.</param>
    /// <param name="result">The command line.</param>
    /// <param name="savedCatalogue">The catalogue of the backup, which names the partitions where there is none yet; null: there has to
    /// be one.</param>
    private static BackupSource? ReadSource(ServiceConsole console, PlaceOptions place, ParseResult result, string? savedCatalogue)
    {
        var catalogue = result.GetValue(place.Catalogue)?.FullName;
        var readable = catalogue is not null && savedCatalogue is not null && !Directory.Exists(catalogue) ? savedCatalogue : catalogue;
        var installation = Installation.Read(
            new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().AddInMemoryCollection(
                readable is null ? [] : new Dictionary<string, string?> { ["Catalogue:Folder"] = readable }).Build(),
            result.GetValue(place.Data)?.FullName);
        if (installation.Settings.ReportFaults(console))
        {
            return null;
        }

        var found = installation.CatalogueFolder ?? savedCatalogue;
        if (installation.KeyPath is not { } keyPath || found is null || !installation.Of(StoreKind.Ledger).Any())
        {
            console.Fail(
                "找不到台账或目录：请用 --data 和 --catalogue 指定，或给出服务的设置（ConnectionStrings__Ledger、Ledger__KeyFile、Catalogue__Folder）。",
                "There is no ledger or catalogue: name them with --data and --catalogue, or give the settings of the services "
                + "(ConnectionStrings__Ledger, Ledger__KeyFile, Catalogue__Folder).");
            return null;
        }

        var isRestore = savedCatalogue is not null;
        return new BackupSource
        {
            Results = [.. installation.Of(StoreKind.Notices).Where(store => isRestore || IsThere(store)).Select(store => store.Database),
                .. installation.Of(StoreKind.Cube).OrderBy(store => store.Partition.Path, StringComparer.Ordinal)
                    .Select(store => store.Database)],
            Ledgers = [.. installation.Of(StoreKind.Ledger).Select(store => (store.Partition, store.Database))],
            KeyPath = keyPath,
            CatalogueFolder = catalogue ?? found,
        };
    }

    // Where there is no notifier, there are no notices.
    private static bool IsThere(Store store) => store.Database.Provider != StorageProvider.Sqlite || File.Exists(store.Database.Name);

    private static async Task<int> RunAsync(this ServiceConsole console, string path, string option, Func<Task<int>> run) =>
        await console.RunGuardedAsync(path, option, async () =>
        {
            try
            {
                return await run();
            }
            catch (BackupException exception)
            {
                return console.Fail(exception.MessageZh, exception.Message);
            }
        });

    // What both commands are told of the installation.
    private sealed class PlaceOptions
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
}
