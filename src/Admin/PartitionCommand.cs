using System.CommandLine;
using Microsoft.Extensions.Configuration;
using XilinIngest.Admin.Partitions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.Storage;

namespace XilinIngest.Admin;

/// <summary>Splits the ledger by the catalogue's partitions, or gives it other ones.</summary>
internal static class PartitionCommand
{
    private const string LockFileName = "in-use.lock";

    public static Command Create()
    {
        var data = new Option<string?>("--data")
        {
            Description = "The data folder of the one-process service (default: the databases of the settings, as for migrate).",
        };
        var catalogue = new Option<string?>("--catalogue")
        {
            Description = "The catalogue's folder with the new partitions.csv (default: Catalogue__Folder, else ./catalogue).",
        };
        var from = new Option<string?>("--from")
        {
            Description = "A folder with the partitions.csv that the present ledgers were made by (default: one with the whole tree).",
        };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");
        var command = new Command(
            "partition",
            """
            Give each partition of the catalogue's partitions.csv a ledger of its own, for services that are stopped. Every row is written
            anew with its time, sender and verdict; the new ledgers are verified and compared with the present ones before they take
            their places. The present ledgers are kept. See docs/guides/split-into-partitions.md.

            Examples:
              xilin-admin partition --data ./data --catalogue ./catalogue
              xilin-admin partition --data ./data --from ./former     from the partitions of ./former/partitions.csv to the catalogue's
              xilin-admin partition                                   the databases of Storage__Provider and ConnectionStrings__Ledger
            """)
        {
            data, catalogue, from, language,
        };
        command.SetAction(result => RunAsync(
            new ServiceConsole(result.GetValue(language) == "en"), result.GetValue(data), result.GetValue(from),
            new StartupOptions(new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Catalogue:Folder"] = result.GetValue(catalogue) }
                    .Where(given => given.Value is not null)).Build())));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, string? data, string? from, StartupOptions settings)
    {
        if (from is not null && !File.Exists(Path.Combine(from, "partitions.csv")))
        {
            return console.Fail($"{from} 中没有 partitions.csv。", $"There is no partitions.csv in {from}.");
        }

        var catalogue = settings.CatalogueFolder();
        var former = from is null ? [Partition.WholeTree] : PartitionFile.Read(from);
        var request = data is null ? OfSettings(settings, catalogue, former) : OfFolder(Path.GetFullPath(data), catalogue, former);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        var setting = data is null ? "ConnectionStrings__Ledger" : "--data";
        return await console.RunGuardedAsync(request!.Ledgers.Installation.Name, setting, () =>
        {
            using var alone = data is null ? null : FileLock.TryAcquire(Path.Combine(data, LockFileName));
            return Task.FromResult(data is not null && alone is null
                ? console.Fail($"数据目录 {data} 正被另一个进程使用。请先停止服务。", $"Another process is using {data}. Stop the service first.")
                : Run(console, request));
        });
    }

    private static int Run(ServiceConsole console, PartitionRequest request)
    {
        try
        {
            return new PartitionRun(request, console, TimeProvider.System).Run();
        }
        catch (AdminCommandException exception)
        {
            return console.Fail(exception.MessageZh, exception.Message);
        }
    }

    private static PartitionRequest OfFolder(string data, string? catalogue, IReadOnlyList<Partition> former) => new(
        new(new Database(Path.Combine(data, "ledger.db"))), new(new Database(Path.Combine(data, "cube.db"))),
        Path.Combine(data, "ledger-key.pem"), catalogue ?? "", former);

    private static PartitionRequest? OfSettings(StartupOptions settings, string? catalogue, IReadOnlyList<Partition> former)
    {
        var ledgers = settings.FindDatabases("Ledger", catalogue);
        var key = settings.SigningKeyPath(ledgers?.Installation);
        var cubes = ledgers?.Installation.Provider == StorageProvider.Sqlite && settings.NamesDatabase("Cube")
            ? settings.FindDatabases("Cube", catalogue) : null;
        return ledgers is null || key is null ? null : new(ledgers, cubes, key, catalogue ?? "", former);
    }
}
