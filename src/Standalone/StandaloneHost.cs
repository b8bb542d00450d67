using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Scalar.AspNetCore;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Api;
using XilinIngest.CatalogueFiles;
using XilinIngest.Messaging;
using XilinIngest.Worker;

namespace XilinIngest.Standalone;

/// <summary>The services composed into one web application.</summary>
internal static class StandaloneHost
{
    public static WebApplication Build(StandaloneOptions options, TimeProvider clock, Action<IServiceCollection>? more = null, params IEnumerable<IBusQueue> moreQueues)
    {
        Directory.CreateDirectory(options.DataFolder);

        // Kestrel binds last: without this look, all else would start first and have to be stopped again.
        using (var port = new TcpListener(IPAddress.Loopback, options.Port))
        {
            port.Start();
        }

        // The command line is ours: the host must not read it a second time. In "Development", which a shell may have set, it would show stack traces.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, options.Port));
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error)

            // What keeps the host from starting is thrown as well, and told to the user in words.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);

        var services = builder.Services;
        services.AddSingleton(clock);
        services.AddCatalogue(options.CatalogueFolder);
        services.AddIngestWorker(options.LedgerPath, options.KeyPath);
        services.AddAggregator(options.CubePath);
        services.AddInMemoryBus([.. WorkerRegistration.WorkerQueues, .. AggregatorRegistration.AggregatorQueues, .. moreQueues]);
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemWords.Complete);
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "XilinIngest";
            document.Info.Description = "街道月度指标的报送、汇总、排名与预警。 Monthly indicators of a sub-district: intake, totals, rankings, alerts.";
            return Task.CompletedTask;
        }));
        more?.Invoke(services);
        services.AddHealthChecks().AddIngestWorkerCheck().AddAggregatorCheck();

        var app = builder.Build();
        app.Use((context, next) =>
        {
            // What people wrote comes back as data: a browser must not take it for a page.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(QuestionCheck.Run);
        app.MapIngestWorker();
        app.MapAggregator();
        app.MapOpenApi();
        app.MapScalarApiReference();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealth });
        app.MapGet("/", () => Results.Redirect("/scalar")).ExcludeFromDescription();
        return app;
    }

    /// <summary>Starts, works, and stops in order however that ends: services that are only disposed take it for a failure.</summary>
    public static async Task RunAsync(this WebApplication app, Func<Task> work, CancellationToken cancellationToken)
    {
        // An interrupt waits for the second that this takes: a host that is half started does not stop in order.
        await app.StartAsync(CancellationToken.None);
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await work();
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }
    }

    private static Task WriteHealth(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        Status = report.Status.ToString(),
        Checks = report.Entries.ToDictionary(entry => entry.Key, entry => new { Status = entry.Value.Status.ToString(), entry.Value.Description }),
    });
}
