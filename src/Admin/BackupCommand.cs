using System.CommandLine;
using System.Globalization;
using XilinIngest.Admin.Installations;
using XilinIngest.Hosting;
using XilinIngest.Worker.Backups;

namespace XilinIngest.Admin;

/// <summary>Makes a backup of an installation while it runs.</summary>
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

        var place = new InstallationOptions();
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
                if (BackupPlace.Read(console, place, result, savedCatalogue: null) is not { } source)
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
}
