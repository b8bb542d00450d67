using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Scalar.AspNetCore;
using XilinIngest.Hosting.Access;
using XilinIngest.Hosting.Observability;

namespace XilinIngest.Hosting;

/// <summary>Builds the host of every service: listening, logging, API description, problem responses and health.</summary>
public static class ServiceHost
{
    /// <param name="args">The command line, read as settings; null: the caller parses it.</param>
    public static WebApplicationBuilder CreateBuilder(string[]? args = null)
    {
        // Figures and times have one format, whatever the machine's language.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        // The environment is fixed, because "Development", which a shell may have set, shows stack traces.
        var builder =
            WebApplication.CreateSlimBuilder(
                new WebApplicationOptions
                {
                    Args = args,
                    ContentRootPath = AppContext.BaseDirectory,
                    EnvironmentName = Environments.Production
                });
        builder.Configuration.AddSecretFiles();
        builder.AddObservability();
        builder.Logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error)

            // Health is returned to the probe. A service logs a fault once, not at each probe.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)

            // The keys are stored unencrypted on purpose, in a folder that only their owner can read.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)

            // A failed start is also thrown, and printed for the user.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return builder;
    }

    /// <summary>Configures where the service listens, and its HTTP services.</summary>
    /// <param name="builder">The host being built.</param>
    /// <param name="end">Where it listens; port 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is in use, or the address does not belong to this machine.</exception>
    public static WebApplicationBuilder ListenOn(this WebApplicationBuilder builder, IPEndPoint end)
    {
        // Kestrel binds last. Without this check, everything else would start first and have to be stopped.
        EnsurePortFree(end);

        // RequestOriginFilter checks the host and explains a refusal. The framework would refuse this machine's own names.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);

        // Only this endpoint; the framework would also open those of Kestrel__Endpoints__…, which were not checked.
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Configure();
            kestrel.Listen(end);
        });
        builder.Services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = ProblemTexts.Complete);
        builder.Services.AddExceptionHandler<StorageUnavailableHandler>();
        builder.Services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "XilinIngest";
            document.Info.Description = "街道月度指标的报送、汇总、排名与预警。 Monthly indicators of a sub-district: intake, totals, rankings, alerts.";
            return Task.CompletedTask;
        }));
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary>Checks that a service can listen there now.</summary>
    /// <exception cref="SocketException">The port is in use, or the address does not belong to this machine.</exception>
    public static void EnsurePortFree(IPEndPoint end)
    {
        using var listener = new TcpListener(end);
        listener.Start();
    }

    /// <summary>The application, before its own routes are mapped.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="hasPages">Whether the service has pages; otherwise its root redirects to the API's description.</param>
    public static WebApplication BuildService(this WebApplicationBuilder builder, bool hasPages = false)
    {
        var app = builder.Build();
        app.Use((context, next) =>
        {
            // Users' input is returned as data; a browser must not interpret it as a page.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.Use(PageSecurityPolicy.ApplyToApiReference);
        app.Use(HeadRequests.InvokeAsync);
        app.UseRouting();
        app.UseRequestSpans();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(RequestOriginFilter.Create(app.Configuration["AllowedHosts"], app.Services.GetRequiredService<AccessKeyRegistry>()));
        app.UseAccess();
        app.Use(QueryParameterValidation.InvokeAsync);
        app.MapOpenApi().AllowPublic();
        app.MapScalarApiReference(PageSecurityPolicy.ConfigureApiReference).AllowPublic();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowPublic();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealth }).AllowPublic();
        app.MapMetrics();
        if (!hasPages)
        {
            app.MapGet("/", () => Results.Redirect("/scalar")).ExcludeFromDescription().AllowPublic();
        }

        return app;
    }

    /// <summary>Starts, runs the work, and stops in order however it ends. Services that are only disposed report a failure.</summary>
    public static async Task RunAsync(this WebApplication app, Func<Task> work, CancellationToken cancellationToken)
    {
        // An interrupt waits until the start has completed, because a partly started host does not stop in order.
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
        Version = ProgramVersion.Text,
        Checks = report.Entries.ToDictionary(entry => entry.Key,
            entry => new { Status = entry.Value.Status.ToString(), entry.Value.Description, entry.Value.Data }),
    });
}
