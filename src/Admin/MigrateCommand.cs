using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Notifier;
using XilinIngest.Storage;
using XilinIngest.Worker;

namespace XilinIngest.Admin;

/// <summary>Creates and changes the tables of ledger, cube and notices, so that the services need no right to do so.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var provider = new Option<string?>("--provider")
        {
            Description = "Sqlite, SqlServer or PostgreSql (default: Storage__Provider in the environment)."
        };
        var ledger = new Option<string?>("--ledger")
        {
            Description = "The ledger's connection string (default: ConnectionStrings__Ledger). Its user may make tables."
        };
        var cube = new Option<string?>("--cube") { Description = "The cube's connection string (default: ConnectionStrings__Cube)." };
        var notices = new Option<string?>("--notices")
        {
            Description = "The notices' connection string (default: ConnectionStrings__Notices; without one, they are left out).",
        };
        var catalogue = new Option<string?>("--catalogue")
        {
            Description = "The catalogue's folder (default: Catalogue__Folder, else ./catalogue). With a partitions.csv, the tables of all "
                + "partitions are made; their databases must exist.",
        };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");

        var command = new Command("migrate",
                "Bring the tables of ledger, cube and notices up to date. Stop the services of the older version first; passwords are best "
                + "given in the environment, where no other user reads them.")
        {
            provider, ledger, cube, notices, catalogue, language,
        };
        command.SetAction(result => RunAsync(new ServiceConsole(result.GetValue(language) == "en"), new StartupOptions(
            new ConfigurationBuilder().AddEnvironmentVariables().AddSecretFiles().AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Storage:Provider"] = result.GetValue(provider),
                ["ConnectionStrings:Ledger"] = result.GetValue(ledger),
                ["ConnectionStrings:Cube"] = result.GetValue(cube),
                ["ConnectionStrings:Notices"] = result.GetValue(notices),
                ["Catalogue:Folder"] = result.GetValue(catalogue),
            }.Where(given => given.Value is not null)).Build())));
        return command;
    }

    private static async Task<int> RunAsync(ServiceConsole console, StartupOptions settings)
    {
        var catalogue = settings.FindCatalogueFolder();
        var (ledgers, cubes) = (settings.FindDatabases("Ledger", catalogue), settings.FindDatabases("Cube", catalogue));

        // An installation without a notifier has no such database.
        var notices = settings.NamesDatabase("Notices") ? settings.FindDatabase("Notices") : null;
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        var partitions = catalogue is null ? [Partition.WholeTree] : PartitionFile.Read(catalogue);
        foreach (var database in ledgers!.All(partitions))
        {
            if (await RunAsync(console, "台账", "Ledger", database, "ConnectionStrings__Ledger",
                () => WorkerRegistration.Migrate(database, NullLogger.Instance)) is not 0 and var failed)
            {
                return failed;
            }
        }

        foreach (var database in cubes!.All(partitions))
        {
            if (await RunAsync(console, "结果库", "Cube", database, "ConnectionStrings__Cube",
                () => AggregatorRegistration.Migrate(database, NullLogger.Instance)) is not 0 and var failed)
            {
                return failed;
            }
        }

        return notices is null
            ? 0 : await RunAsync(console, "通知库", "Notices", notices, "ConnectionStrings__Notices",
                () => NotifierRegistration.Migrate(notices, NullLogger.Instance));
    }

    private static Task<int> RunAsync(
        ServiceConsole console, string zh, string en, Database database, string setting,
        Func<IReadOnlyList<string>> migrate) => console.RunGuardedAsync(database.Name, setting, () =>
    {
        var run = migrate();
        console.WriteLine(
            run.Count == 0
                ? $"✓ {zh} {database.Name}：已是最新。" : $"✓ {zh} {database.Name}：已运行 {string.Join("、", run.Select(ShortScriptName))}。",
            run.Count == 0
                ? $"✓ {en} {database.Name}: up to date."
                    : $"✓ {en} {database.Name}: ran {string.Join(", ", run.Select(ShortScriptName))}.");
        if (database.ReadersBlockWriters())
        {
            console.WriteLine(
                "  注意：此数据库未启用 READ_COMMITTED_SNAPSHOT，读取与写入会互相等待。建议停止各服务后以其所有者执行一次：ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON",
                "  Note: this database is not set to READ_COMMITTED_SNAPSHOT, so reading and writing wait for each other. Better run "
                + "once, as its owner and with the services stopped: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON");
        }

        return Task.FromResult(0);
    });

    // The name of a resource ends with the folder, a dot and the script name.
    private static string ShortScriptName(string script) => string.Join('.', script.Split('.')[^2..]);
}
