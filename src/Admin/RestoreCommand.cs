using System.CommandLine;
using XilinIngest.Admin.Installations;
using XilinIngest.Worker.Backups;

namespace XilinIngest.Admin;

/// <summary>Puts a backup back.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder") { Description = "The folder of one backup." };
        var place = new InstallationOptions();
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
                if (BackupPlace.Read(console, place, result, Path.Combine(backup, BackupRun.CatalogueFolder)) is not { } target)
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
}
