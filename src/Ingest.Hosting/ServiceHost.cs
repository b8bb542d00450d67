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

namespace XilinIngest.Hosting;

/// <summary>What every service's host is made of: how it listens, logs, describes itself, answers a bad question and says how it is.</summary>
public static class ServiceHost
{
    /// <param name="args">Read as settings; null: the command line is read by someone else.</param>
    public static WebApplicationBuilder CreateBuilder(string[]? args = null)
    {
        // Figures and times read the same whatever the machine's language is.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        // In "Development", which a shell may have set, it would show stack traces.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory, EnvironmentName = Environments.Production });
        builder.Configuration.AddSecretFiles();
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("MassTransit", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Diagnostics", LogLevel.Error)

            // Told to whoever asks; a service logs what is wrong with it once, not once a probe.
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None)

            // That its keys lie unsealed in a folder for their owner alone is meant.
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)

            // What keeps the host from starting is thrown as well, and told to the user in words.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        return builder;
    }

    /// <summary>Takes its place on the network.</summary>
    /// <param name="builder">The host being built.</param>
    /// <param name="end">Where it listens; port 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static WebApplicationBuilder ListenOn(this WebApplicationBuilder builder, IPEndPoint end)
    {
        // Kestrel binds last: without this look, all else would start first and have to be stopped again.
        EnsurePortFree(end);

        // OwnPages looks at the host, in words; the framework would refuse this machine's own names besides those of AllowedHosts.
        builder.Services.Configure<HostFilteringOptions>(filter => filter.AllowedHosts = ["*"]);

        // Of its own, and not what the framework reads out of Kestrel__Endpoints__…, which would open more than was looked at here.
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

    /// <summary>Looks whether a service could listen there now.</summary>
    /// <exception cref="SocketException">The port is taken, or the address is not this machine's.</exception>
    public static void EnsurePortFree(IPEndPoint end)
    {
        using var listener = new TcpListener(end);
        listener.Start();
    }

    /// <summary>The application, before its own routes are mapped.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="hasPages">It has pages of its own; if not, its first page is the API's description.</param>
    public static WebApplication BuildService(this WebApplicationBuilder builder, bool hasPages = false)
    {
        var app = builder.Build();
        app.Use((context, next) =>
        {
            // What people wrote comes back as data: a browser must not take it for a page.
            context.Response.Headers.XContentTypeOptions = "nosniff";
            return next(context);
        });
        app.Use(PageSecurityPolicy.ApplyToApiReference);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(RequestOriginFilter.Create(app.Configuration["AllowedHosts"], app.Services.GetRequiredService<AccessKeyRegistry>()));
        app.UseAccess();
        app.Use(QueryParameterValidation.InvokeAsync);
        app.MapOpenApi().AllowPublic();
        app.MapScalarApiReference(PageSecurityPolicy.ConfigureApiReference).AllowPublic();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowPublic();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteHealth }).AllowPublic();
        if (!hasPages)
        {
            app.MapGet("/", () => Results.Redirect("/scalar")).ExcludeFromDescription().AllowPublic();
        }

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
