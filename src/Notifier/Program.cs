using Microsoft.Extensions.DependencyInjection;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier;

/// <summary>Runs the notifier as its own process. A second one on the same database stands by.</summary>
internal static class Program
{
    private const int DefaultPort = 5085;

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

        var (notices, catalogue, access) = (settings.FindDatabase("Notices"), settings.CatalogueFolder(), settings.Access());
        var listen = settings.ReadListenEndpoint(DefaultPort, access);
        var (channels, retention, pages) = (settings.Channels(), settings.NoticeRetention(), settings.PagesAddress());
        var library = settings.BusLibrary();
        var results = settings.ServiceUrls("Results", "http://127.0.0.1:5082");
        var bus = await settings.ResolveBrokerAsync(NotifierRegistration.NotifierQueues, CancellationToken.None);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        builder.AddAccess(access);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddSingleton(_ => new AggregatorConnection(results!, settings.ServiceAccessKey()));
        builder.Services.AddSingleton<IAlertHistory, AlertHistoryClient>();
        builder.Services.AddSingleton<IMonthCompleteness, MonthCompletenessClient>();
        builder.Services.AddNotifier(notices!, channels, retention, pages);
        builder.Services.AddRabbitBus(bus!, "xilin notifier", library, NotifierRegistration.NotifierQueues);
        builder.Services.AddHealthChecks().AddNotifierCheck();
        return await ServiceProgram.RunAsync(listen, (notices!.Name, "ConnectionStrings__Notices"), builder, console,
            app => app.MapNotifier(), services => services.GetRequiredService<NotifierService>().ExecuteTask?.Exception?.InnerException);
    }
}
