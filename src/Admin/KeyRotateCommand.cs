using System.CommandLine;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Installations;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin;

/// <summary>Gives the ledgers a new signing key: <c>xilin-admin key rotate</c>.</summary>
internal static class KeyRotateCommand
{
    private const string LockFileName = "in-use.lock";

    public static Command Create()
    {
        var ofTimes = new Option<bool>("--time") { Description = "The key that signs the times of checkpoints, instead of the ledger's." };
        var place = new InstallationOptions();
        var command = new Command("rotate",
            """
            Give the ledgers a new signing key, for services that are stopped. The former key introduces it, so that clients that know the
            former one take the new one by themselves; what the former one signed stays valid. The new key takes the place of the file of
            the former one, which is not needed any more. Then make a backup, give the file to all workers and start the services.
            If this is interrupted, run it again: it finishes.
            更换台账的签名密钥（须先停止服务）。新密钥由原密钥签名引入，已记下原公钥的客户端会自动接受；以前的签名仍然有效。
            新密钥就放在原密钥文件的位置。随后请备份，把文件分发给全部 worker，再启动服务。中断的，再运行一次即可。

            Examples:
              xilin-admin key rotate --data /var/lib/xilin --catalogue /etc/xilin/catalogue
              xilin-admin key rotate --time --data ./data     the key of the times of checkpoints 时间密钥
              xilin-admin key rotate                          the databases and the key that the settings of the worker name
            """)
        {
            ofTimes, place.Data, place.Catalogue, place.Language,
        };
        command.SetAction(result => RunAsync(
            place.ConsoleOf(result), result.GetValue(place.Data)?.FullName, place.CatalogueOf(result), result.GetValue(ofTimes)));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, string? data, string? catalogue, bool ofTimes)
    {
        var settings = new StartupOptions(new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().AddInMemoryCollection(
            catalogue is null ? [] : new Dictionary<string, string?> { ["Catalogue:Folder"] = catalogue }).Build());
        catalogue = settings.CatalogueFolder();
        var isInFolder = data is not null
            && settings.ReadProvider() is not (StorageProvider.PostgreSql or StorageProvider.SqlServer);
        var ledgers = isInFolder ? new(new Database(Path.Combine(data!, "ledger.db"))) : settings.FindDatabases("Ledger", catalogue);
        var key = data is null ? settings.SigningKeyPath(ledgers?.Installation) : Path.Combine(data, "ledger-key.pem");
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        return await console.RunGuardedAsync(ledgers!.Installation.Name, isInFolder ? "--data" : "ConnectionStrings__Ledger", () =>
        {
            using var alone = data is null ? null : FileLock.TryAcquire(Path.Combine(data, LockFileName));
            return Task.FromResult(data is not null && alone is null
                ? console.Fail($"数据目录 {data} 正被另一个进程使用。请先停止服务。", $"Another process is using {data}. Stop the service first.")
                : Rotate(console, ledgers, catalogue!, key!, ofTimes));
        });
    }

    private static int Rotate(ServiceConsole console, PartitionDatabases ledgers, string catalogue, string key, bool ofTimes)
    {
        List<LedgerStore> stores = [.. PartitionFile.Read(catalogue).Select(partition => Open(ledgers.Of(partition), partition))];
        var added = new KeyRotation(key, stores).Rotate(ofTimes);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(added[0].PublicKey));
        foreach (var line in added)
        {
            Console.WriteLine(line.Text);
        }

        console.WriteLine(
            $"✓ 新密钥已启用，指纹 {fingerprint}，原密钥已签名引入它。请立即备份，把密钥文件分发给全部 worker，再启动服务。",
            $"✓ There is a new key, fingerprint {fingerprint}, which the former one introduced. Make a backup now, give the key's file to "
            + "all workers, then start the services.");
        return 0;
    }

    private static LedgerStore Open(Database database, Partition partition)
    {
        if (database.Provider == StorageProvider.Sqlite && !File.Exists(database.Name))
        {
            throw new InvalidOperationException(
                $"找不到台账 {database.Name}。请用 --data 指定数据目录，用 --catalogue 指定目录。 / There is no ledger {database.Name}. Name the data folder "
                + "with --data, and the catalogue with --catalogue.");
        }

        WorkerRegistration.Check(database);
        return new LedgerStore(database, partition);
    }
}
