using System.CommandLine;
using System.Globalization;
using XilinIngest.Admin;
using XilinIngest.KeyCommands;
using XilinIngest.Telemetry;

// The same culture as in the services: see ServiceHost.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var telemetry = ProgramTelemetry.Start();

var file = new Option<FileInfo>("--file")
{
    Description = "The file of keys, which Access__Keys names to the services; made if missing.",
    Required = true
};
var catalogue = new Option<DirectoryInfo>("--catalogue")
{
    Description = "The catalogue's folder, whose units a key may name (default: ./catalogue).",
    DefaultValueFactory = _ => new("catalogue")
};
var language = new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
language.AcceptOnlyFromAmong("zh", "en");

// The signing key of the ledgers is another thing, and rotated here because it is a key as well.
var keys = KeyCommand.Create("xilin-admin", file, result => result.GetRequiredValue(file).FullName, catalogue,
    result => result.GetRequiredValue(catalogue).FullName, language);
keys.Description = "Access keys for people and programs: from the first one on, everyone has to sign in. And the ledger's signing key.";
keys.Subcommands.Add(KeyRotateCommand.Create());

// For system operators. Offices and statisticians use the command xilin.
var root = new RootCommand(
    """
    xilin-admin: for those who run XilinIngest. 西林指标系统的运维命令。

    Examples:
      xilin-admin catalogue new --out ./my --units 单位.xlsx --indicators 指标.xlsx
      xilin-admin doctor --data ./data              what is wrong with an installation, and what to do
      xilin-admin backup --to /mnt/backup/xilin     a backup while the service runs, verified; restore puts one back
      xilin-admin archive 2021 --to /mnt/archive    a closed year as Parquet, with the proofs of the log
      xilin-admin prune --older-than 3 --dry-run    which old versions and notices could go
      xilin-admin broker --out /etc/rabbitmq --passwords /etc/xilin/passwords.csv
      xilin-admin broker --out deploy/rabbitmq      topology alone, without users: holds no secret
      xilin-admin key add --file /etc/xilin/access-keys.json --name 街道统计办 --right read
      xilin-admin key rotate --data ./data          a new signing key for the ledger, which the former one introduces
      xilin-admin notify preview alert.json         who would hear of an alert, by which route, when, and why
      xilin-admin notify test duty                  one test notice by the channel duty, and its answer
      xilin-admin notify replay --from 2026-09-08   which notices would be sent again; with --yes they are
      xilin-admin federate --from http://127.0.0.1:5080 --to https://district.example --unit 320404004000
      xilin-admin migrate                           the tables of ledger, cube and notices (Storage__Provider, ConnectionStrings__Ledger, …)
      xilin-admin partition --data ./data           a ledger for each partition of the catalogue's partitions.csv
    """)
{
    DoctorCommand.Create(),
    BrokerCommand.Create(),
    MigrateCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    ArchiveCommand.Create(),
    PruneCommand.Create(),
    PartitionCommand.Create(),
    NotifyCommand.Create(),
    FederateCommand.Create(),
    CatalogueCommand.Create(),
    keys,
};
return await root.Parse(args).InvokeAsync();
