using System.CommandLine;
using XilinIngest.Admin.Doctor;
using XilinIngest.Admin.Installations;
using XilinIngest.Hosting;

namespace XilinIngest.Admin;

/// <summary>Checks an installation, and says what is wrong with the remedy. Changes nothing.</summary>
internal static class DoctorCommand
{
    private const int DefaultSeconds = 15;
    private const int MostSeconds = 600;

    public static Command Create()
    {
        var place = new InstallationOptions();
        var definitions = new Option<string?>("--definitions")
        {
            Description = "What the broker has, as rabbitmqctl export_definitions writes it; - reads it from the input. Queues, bindings, "
                + "policies and rights are then compared with those that xilin-admin broker makes.",
        };
        var timeout = new Option<int>("--timeout")
        {
            Description = $"The seconds that each check may take (default: {DefaultSeconds}).",
            DefaultValueFactory = _ => DefaultSeconds,
        };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > MostSeconds)
            {
                result.AddError($"--timeout takes seconds from 1 to {MostSeconds}.");
            }
        });
        var json = new Option<bool>("--json") { Description = "Print JSON, in both languages." };
        var command = new Command("doctor",
            """
            Check settings, catalogue, databases, key, files, disk, clock, broker, channels and backups, and say what is wrong and what to
            do. Changes nothing. Run it as the user of the service, with the service's settings: its environment and Secrets__Folder.
            Ends with 0: all in order; 1: something is to be looked at; 2: something is broken.

            Examples:
              xilin-admin doctor --data ./data
              Secrets__Folder=/etc/xilin/xilin-worker xilin-admin doctor --catalogue /etc/xilin/catalogue
              rabbitmqctl export_definitions - | xilin-admin doctor --definitions -
              xilin-admin doctor --data ./data --json      for a program that watches it
            """)
        {
            place.Data, place.Catalogue, definitions, timeout, json, place.Language,
        };
        command.SetAction((result, cancellation) => RunAsync(
            place.ConsoleOf(result), place.Read(result, place.CatalogueOf(result)), result.GetValue(definitions),
            TimeSpan.FromSeconds(result.GetValue(timeout)), result.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        ServiceConsole console, Installation installation, string? definitions, TimeSpan limit, bool isJson,
        CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var results = await CheckRunner.RunAsync(ChecksOf(installation, definitions, clock), limit, clock, cancellationToken);
        if (isJson)
        {
            DoctorReport.WriteJson(results);
        }
        else
        {
            DoctorReport.Write(console, results);
        }

        return DoctorReport.ExitCode(results);
    }

    private static IEnumerable<InstallationCheck> ChecksOf(Installation installation, string? definitions, TimeProvider clock) =>
    [
        new("settings", "设置", "Settings", _ => SettingsCheck.RunAsync(installation)),
        new("catalogue", "目录", "Catalogue", _ => CatalogueCheck.RunAsync(installation)),
        .. installation.Stores.Select(store => new InstallationCheck(
            Name(store), NameZh(store), NameEn(store), _ => StoreCheck.RunAsync(store))),
        new("key", "签名密钥", "Signing key", _ => SigningKeyCheck.RunAsync(installation)),
        new("files", "文件权限", "Rights of files", _ => FilesCheck.FindRightsAsync(installation)),
        new("disk", "磁盘", "Disk", _ => FilesCheck.FindSpaceAsync(installation)),
        new("clock", "时钟", "Clock", _ => ClockCheck.RunAsync(installation, clock)),
        new("broker", "消息服务器", "Broker", cancellation => BrokerCheck.RunAsync(installation, cancellation)),

        // The one process has no broker, and nothing to compare.
        .. installation.Broker is null && definitions is null ? Array.Empty<InstallationCheck>() :
        [
            new("definitions", "消息服务器的定义", "Definitions of the broker",
                cancellation => DefinitionsCheck.RunAsync(installation, definitions, cancellation)),
        ],
        new("channels", "通知渠道", "Channels of notices", cancellation => ChannelsCheck.RunAsync(installation, cancellation)),
        new("backup", "备份", "Backup", _ => BackupCheck.RunAsync(installation, clock)),
    ];

    private static string Name(Store store) =>
        store.Kind.ToString().ToLowerInvariant() + (store.Partition.IsWholeTree ? "" : $":{store.Partition.Path}");

    private static string NameZh(Store store) => store.Kind switch
    {
        StoreKind.Ledger => "台账",
        StoreKind.Cube => "结果库",
        _ => "通知库",
    } + (store.Partition.IsWholeTree ? "" : $" {store.Partition.Path}");

    private static string NameEn(Store store) => store.Kind.ToString() + (store.Partition.IsWholeTree ? "" : $" {store.Partition.Path}");
}
