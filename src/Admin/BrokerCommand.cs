using System.CommandLine;
using System.Text.RegularExpressions;
using Spectre.Console;
using XilinIngest.Admin.Broker;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;

namespace XilinIngest.Admin;

/// <summary>Generates the broker's files from the catalogue's units.</summary>
internal static partial class BrokerCommand
{
    private static readonly UnitLevel[] DefaultLevels = [UnitLevel.Street, UnitLevel.Village, UnitLevel.Enterprise];

    public static Command Create()
    {
        var catalogue = new Option<DirectoryInfo>("--catalogue")
        {
            Description = "The catalogue's folder (default: ./catalogue).",
            DefaultValueFactory = _ => new("catalogue")
        };
        var output = new Option<DirectoryInfo>("--out")
        {
            Description = "Where definitions.json, rabbitmq.conf and enabled_plugins go.",
            Required = true
        };
        var passwords = new Option<FileInfo?>("--passwords")
        {
            Description =
            "The file of the passwords, outside any repository: read, completed, written with mode 600. Without it, there are no "
            + "users in definitions.json."
        };
        var levels = new Option<UnitLevel[]>("--levels")
        {
            Description = "Which units get a user (default: street village enterprise).",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => DefaultLevels
        };
        var services = new Option<string[]>("--services")
        {
            Description = $"Which services get a user (default: {string.Join(' ', ServiceUsers.Names)}).",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. ServiceUsers.Names]
        };
        services.AcceptOnlyFromAmong([.. ServiceUsers.Names]);
        var intake = new Option<string[]>("--intake")
        {
            Description =
            "Which parts of the tree have workers of their own (Intake__Binding), such as 32.04.04.004.# (default: # for all).",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["#"]
        };
        intake.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string[]>().FirstOrDefault(binding => !IntakePattern().IsMatch(binding)) is { } wrong)
            {
                result.AddError($"--intake takes # for all, or subtrees such as 32.04.04.004.#, not '{wrong}'.");
            }
        });
        var tls = new Option<bool>("--tls") { Description = "Turn the TLS listener with client certificates on." };
        var language =
            new Option<string>("--lang") { Description = "zh or en: the language of what is printed.", DefaultValueFactory = _ => "zh" };
        language.AcceptOnlyFromAmong("zh", "en");

        var command = new Command("broker",
                "Make RabbitMQ's definitions and configuration from units.csv: queues, limits, and a user with the least permissions for "
                + "every office and service.")
        {
            catalogue, output, passwords, levels, services, intake, tls, language,
        };
        command.SetAction(result => Run(new ServiceConsole(result.GetValue(language) == "en"), new BrokerRequest(
            result.GetRequiredValue(catalogue).FullName, result.GetRequiredValue(output).FullName, result.GetValue(passwords)?.FullName,
            result.GetRequiredValue(levels).ToHashSet(), result.GetRequiredValue(services).ToHashSet(), result.GetRequiredValue(intake),
            result.GetValue(tls))));
        return command;
    }

    private static int Run(ServiceConsole console, BrokerRequest request)
    {
        try
        {
            Report(console, request, BrokerFiles.Create(request));
            return 0;
        }
        catch (CatalogueFaultsException exception)
        {
            foreach (var fault in exception.Faults)
            {
                Console.Error.WriteLine(console.Localize(fault.ToStringZh(), fault.ToString()));
            }

            return console.Fail($"目录有 {exception.Faults.Count} 处错误，请改正后再试；什么都没有写入。",
                $"The catalogue has {exception.Faults.Count} faults; mend them and try again. Nothing was written.");
        }
        catch (AdminCommandException exception)
        {
            return console.Fail(exception.MessageZh, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return console.Fail($"文件无法读写：{exception.Message} 请检查 --out 和 --passwords 所指的位置和权限。",
                $"A file cannot be read or written: {exception.Message} Check the places that --out and --passwords name, and their "
                + "permissions.");
        }
    }

    private static void Report(ServiceConsole console, BrokerRequest request, BrokerFiles made)
    {
        var table = new Table().AddColumns(console.Localize("内容", "what"), console.Localize("数量", "count"));
        table.AddRow(console.Localize("交换机", "exchanges"), $"{made.Topology.Exchanges.Count}");
        table.AddRow(console.Localize("队列", "queues"), $"{made.Topology.Queues.Count}");
        table.AddRow(console.Localize("报送单位", "offices"), $"{made.Offices.Count}");
        foreach (var level in made.Offices.CountBy(office => office.Level))
        {
            table.AddRow("  " + console.Localize(LevelName(level.Key), level.Key.ToString().ToLowerInvariant()), $"{level.Value}");
        }

        AnsiConsole.Write(table);
        console.WriteLine($"已写入 {request.OutputFolder}。", $"Written to {request.OutputFolder}.");
        ReportOrphanedQueues(console, made.QueuesToRemove);
        if (made.Passwords is not { } passwords)
        {
            console.WriteLine("definitions.json 中没有用户：要建立用户，请用 --passwords 指定密码文件。",
                "There are no users in definitions.json: to make them, name a file for the passwords with --passwords.");
            return;
        }

        console.WriteLine(
            $"用户 {made.Users.Count} 个：新密码 {passwords.Added.Count} 个，沿用 {made.Users.Count - passwords.Added.Count} 个。"
            + $"密码只在 {request.PasswordFile} 中，请妥善保管并分发。",
            $"{made.Users.Count} users: {passwords.Added.Count} with a new password, {made.Users.Count - passwords.Added.Count} as "
            + $"before. The passwords are in {request.PasswordFile} alone: keep it safe, and hand them out from there.");
        if (passwords.Removed.Count > 0)
        {
            console.WriteLine($"有 {passwords.Removed.Count} 个用户已不在 definitions.json 中。RabbitMQ 导入时不会删除用户，请在服务器上执行：",
                $"{passwords.Removed.Count} users are in definitions.json no more. An import takes no user away; on the broker, run:");
            foreach (var user in passwords.Removed)
            {
                Console.WriteLine($"  rabbitmqctl delete_user {user}");
            }
        }
    }

    private static void ReportOrphanedQueues(ServiceConsole console, IReadOnlyList<string> queues)
    {
        if (queues.Count == 0)
        {
            return;
        }

        console.WriteLine(
            "这些报送队列不再有人处理。服务器上若还有，它会继续收到每份报表的副本，满后会拒绝全部单位的报送；RabbitMQ 导入时不会删除队列。待其中的报表都已处理（步骤见 deploy/rabbitmq/README.md），请在服务器上执行：",
            "These intake queues have no worker any more. Where the broker still has one, it goes on getting a copy of every submission, "
            + "and once full refuses those of all offices; an import takes no queue away. When what is in it has been handled "
            + "(deploy/rabbitmq/README.md says how), on the broker, run:");
        foreach (var queue in queues)
        {
            Console.WriteLine($"  rabbitmqctl delete_queue -p {BrokerTopology.VirtualHost} {queue}");
        }
    }

    [GeneratedRegex("^(#|([0-9A-Z]+\\.)+#)\\z")]
    private static partial Regex IntakePattern();

    private static string LevelName(UnitLevel level) => level switch
    {
        UnitLevel.Province => "省",
        UnitLevel.City => "市",
        UnitLevel.District => "区县",
        UnitLevel.Street => "街道、镇",
        UnitLevel.Village => "村、社区",
        UnitLevel.Enterprise => "企业",
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}
