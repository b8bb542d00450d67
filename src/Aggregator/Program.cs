using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator;

/// <summary>An aggregator as a process of its own; a second one on the same cube stands by.</summary>
internal static class Program
{
    private const int UsualPort = 5082;

    public static async Task<int> Main(string[] args)
    {
        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg != Probe.Option)]);
        var settings = new HostSettings(builder.Configuration);
        var say = settings.Say();
        if (args.Contains(Probe.Option))
        {
            return await Probe.RunAsync(say, settings, UsualPort);
        }

        var (cube, catalogue, access) = (settings.Database("Cube"), settings.Catalogue(), settings.Access());
        var listen = settings.Listen(UsualPort, access);
        var bus = await settings.BusAsync(AggregatorRegistration.AggregatorQueues, CancellationToken.None);
        if (settings.Fail(say))
        {
            return 1;
        }

        builder.AddAccess(access);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddAggregator(cube!);
        builder.Services.AddRabbitBus(bus!, "xilin aggregator", AggregatorRegistration.AggregatorQueues);
        builder.Services.AddHealthChecks().AddAggregatorCheck();
        return await ServiceProgram.RunAsync(listen, (cube!.Name, "ConnectionStrings__Cube"), builder, say,
            app => app.MapAggregator(), services => services.GetRequiredService<AggregatorService>().ExecuteTask?.Exception?.InnerException);
    }
}
