using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Dashboard;

/// <summary>Runs the pages in a process of their own, with the addresses of an aggregator, a worker and a notifier.</summary>
internal static class Program
{
    private const int DefaultPort = 5080;

    public static async Task<int> Main(string[] args)
    {
        if (ProgramVersion.PrintIfRequested(args))
        {
            return 0;
        }

        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg != HealthProbe.Option)]);
        var settings = new StartupOptions(builder.Configuration);
        var console = settings.CreateConsole();
        if (args.Contains(HealthProbe.Option))
        {
            return await HealthProbe.RunAsync(console, settings, DefaultPort);
        }

        var (results, intake, notices) =
            (settings.ServiceUrls("Results", "http://127.0.0.1:5082"), settings.ServiceUrls("Intake", "http://127.0.0.1:5081"),
                settings.ServiceUrls("Notices", "http://127.0.0.1:5085"));
        var (letterhead, embed) = (settings.ReportLetterhead(), settings.EmbedOrigins());
        var access = settings.Access();
        var listen = settings.ReadListenEndpoint(DefaultPort, access);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        builder.AddAccess(access, hasPages: true)
            .AddDashboard(_ => new ServiceAddresses(AddressesOf), letterhead, embed, settings.ServiceAccessKey);
        return await ServiceProgram.ServeAsync(
            listen, builder, console, app => app.MapDashboard(typeof(Program).Assembly),
            ($"结果来自 {string.Join("、", results!)}，报送来自 {string.Join("、", intake!)}",
                $"Results from {string.Join(", ", results!)}, submissions from {string.Join(", ", intake!)}"), _ => 0, hasPages: true);

        IReadOnlyList<Uri> AddressesOf(ServiceRole role) => role switch
        {
            ServiceRole.Intake => intake!,
            ServiceRole.Notices => notices!,
            _ => results!,
        };
    }
}
