using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cluster.Membership;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cluster;

/// <summary>Runs one of several aggregators that share the partitions, and take over from each other.</summary>
internal static class Program
{
    private const int DefaultPort = 5082;

    // The broker gives up a silo that is frozen about when the others do. Their taking of a queue that it still reads would hold up
    // whatever is published on the same channel for five seconds (RabbitMQ 3.10).
    private static readonly TimeSpan BrokerHeartbeat = TimeSpan.FromSeconds(1);

    // Shorter than the time after which a frozen silo is given up, so that its lock is free for the one that takes over.
    private static readonly TimeSpan IdleTransactionLimit = TimeSpan.FromSeconds(2);

    private const string MigrateCommand = "migrate";
    private const string MembershipSetting = "ConnectionStrings__Cluster";

    public static async Task<int> Main(string[] args)
    {
        if (ProgramVersion.PrintIfRequested(args))
        {
            return 0;
        }

        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg is not HealthProbe.Option and not MigrateCommand)]);
        var settings = new StartupOptions(builder.Configuration);
        var console = settings.CreateConsole();
        if (args.Contains(HealthProbe.Option))
        {
            return await HealthProbe.RunAsync(console, settings, DefaultPort);
        }

        var member = settings.ReadMemberSettings();
        if (args.Contains(MigrateCommand))
        {
            return settings.ReportFaults(console) ? 1 : await MigrateAsync(console, member!.Membership);
        }

        var (catalogue, access) = (settings.CatalogueFolder(), settings.Access());
        var cubes = settings.FindDatabases("Cube", catalogue);
        var listen = settings.ReadListenEndpoint(DefaultPort, access);
        var library = settings.BusLibrary();
        settings.RequireServer(cubes?.Installation);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        return await console.RunGuardedAsync(member!.Membership.Name, MembershipSetting, async () =>
        {
            MembershipSchema.Check(member.Membership);
            var partitions = ReadPartitions(catalogue!).ToList();
            partitions.ForEach(partition => AggregatorRegistration.CheckSchema(cubes!.Of(partition)));
            var queues = AggregatorRegistration.QueuesOf(partitions).ToList();
            var bus = await settings.ResolveBrokerAsync(queues, CancellationToken.None);
            if (settings.ReportFaults(console))
            {
                return 1;
            }

            builder.AddAccess(access);
            bus!.Heartbeat = BrokerHeartbeat;

            if (FindPortFault(member) is { } fault)
            {
                return console.Fail(
                    $"{member.EndPoint} 无法使用：{fault}。请停止占用该端口的程序，或用 Cluster__Port 指定别的端口、用 Cluster__Address 指定本机的地址。",
                    $"{member.EndPoint} cannot be used: {fault}. Stop the program that uses the port, choose another with Cluster__Port, "
                    + "or an address of this machine with Cluster__Address.");
            }

            builder.AddSilo(member);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddCatalogue(catalogue!);
            builder.Services.AddPlacedAggregator(partition => cubes!.Of(partition).WithIdleTransactionLimit(IdleTransactionLimit));
            builder.Services.AddRabbitBus(bus, "xilin aggregator", library, queues);
            builder.Services.AddHealthChecks().AddAggregatorCheck();
            builder.Services.AddPartitionsOfSilo();
            return await ServiceProgram.RunAsync(
                listen, (cubes!.Installation.Name, "ConnectionStrings__Cube"), builder, console, app => app.MapAggregator(), _ => null);
        });
    }

    // The engine would take the place of a silo that runs at the same address, and that one would end.
    private static string? FindPortFault(MemberSettings member)
    {
        try
        {
            ServiceHost.EnsurePortFree(member.EndPoint);
            return null;
        }
        catch (SocketException exception)
        {
            return exception.Message;
        }
    }

    // With faults the partitions do not matter: the catalogue is read again, and its faults are printed.
    private static IEnumerable<Partition> ReadPartitions(string catalogue) =>
        CatalogueReader.Read(catalogue).Catalogue?.Partitions.All ?? [Partition.WholeTree];

    private static Task<int> MigrateAsync(ServiceConsole console, Database membership) => console.RunGuardedAsync(
        membership.Name, MembershipSetting, () =>
        {
            var run = MembershipSchema.Migrate(membership, NullLogger.Instance);
            console.WriteLine(
                run.Count == 0 ? $"{membership.Name}：无须更新。" : $"{membership.Name}：已执行 {string.Join("、", run)}。",
                run.Count == 0 ? $"{membership.Name}: up to date." : $"{membership.Name}: ran {string.Join(", ", run)}.");
            return Task.FromResult(0);
        });
}
