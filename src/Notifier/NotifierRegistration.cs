using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Messaging;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Notifier.Silences;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Notifier.Templates;
using XilinIngest.Storage;

namespace XilinIngest.Notifier;

/// <summary>Registers the notifier in a host.</summary>
public static class NotifierRegistration
{
    /// <summary>The queue that the notifier reads: the alerts among the results, one after the other.</summary>
    public static IEnumerable<IBusQueue> NotifierQueues => [AlertQueue];

    /// <summary>Opened when this process works on the notices. A standby would take alerts away from the working process.</summary>
    internal static IBusQueue AlertQueue { get; } = new BusQueue<AlertConsumer>("xilin.notifier", Exchanges.Results, Concurrency: 1)
    {
        Binding = "alert.#",

        // Messages of one prefetch are handled at once, and would be taken in another order than they were published.
        Prefetch = 1,
        SingleActiveConsumer = true,
        IsOpenedOnDemand = true,

        // What is missing is read from the published alerts.
        MayDropMessages = true,
    };

    internal const string MigrationFolder = ".Notices.Migrations.";

    /// <summary>Brings the tables of the notices up to date. Needs the right to create tables.</summary>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, the database was written by a newer version, or it holds no
    /// notices.</exception>
    public static IReadOnlyList<string> Migrate(Database notices, ILogger logger)
    {
        if (Migrator.IsUpToDate(notices, typeof(NotifierRegistration).Assembly, MigrationFolder))
        {
            return [];
        }

        using var alone = notices.AcquireLease(NoticeLease.LeaseName);
        return Migrator.Migrate(notices, typeof(NotifierRegistration).Assembly, MigrationFolder, logger);
    }

    /// <summary>Checks that the tables of the notices on a server have the schema of this program.</summary>
    /// <exception cref="InvalidOperationException">The schema is of another version, or the database holds no notices.</exception>
    public static void CheckSchema(Database notices) =>
        Migrator.MigrateOrCheck(notices, typeof(NotifierRegistration).Assembly, MigrationFolder, NullLogger.Instance);

    /// <summary>The scripts that the database of the notices lacks. Changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version, or holds something else.</exception>
    public static IReadOnlyList<string> FindMissingScripts(Database notices) =>
        Migrator.FindMissing(notices, typeof(NotifierRegistration).Assembly, MigrationFolder);

    /// <summary>Whether the tables of the notices have the schema of this program. Changes nothing.</summary>
    public static bool IsUpToDate(Database notices) =>
        Migrator.IsUpToDate(notices, typeof(NotifierRegistration).Assembly, MigrationFolder);

    /// <summary>
    /// Adds the notifier; the catalogue, the bus, the clock, an <see cref="IAlertHistory"/> and an <see cref="IMonthCompleteness"/> come
    /// from the host.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="notices">The notices' database; a SQLite file is created if missing.</param>
    /// <param name="channels">The settings of the channels, validated.</param>
    /// <param name="retention">How long notices that were sent are kept.</param>
    /// <param name="pages">The address of the pages, for links in reminders; null: they have none.</param>
    public static IServiceCollection AddNotifier(
        this IServiceCollection services, Database notices, IReadOnlyDictionary<string, ChannelSettings> channels, TimeSpan retention,
        Uri? pages) =>
        services
        .AddSingleton(provider => new NoticeLease(notices, provider.GetRequiredService<ILogger<NoticeStore>>()))
        .AddSingleton(provider =>
        {
            // Acquired during the start if it is free, so that an unusable database fails the start.
            provider.GetRequiredService<NoticeLease>().TryAcquire();
            return new NoticeStore(notices);
        })
        .AddMetrics()
        .AddSingleton<NotifierSignals>()
        .AddSingleton<OutboxMetrics>()
        .AddSingleton<NotifierTelemetry>()
        .AddSingleton<AlertIntake>()
        .AddSingleton<TemplateSource>()
        .AddSingleton<NoticePlanner>()
        .AddSingleton(provider => new NoticePruning(
            retention, provider.GetRequiredService<NoticeStore>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NoticePruning>>()))
        .AddSingleton(new ReminderDestinations(channels))
        .AddSingleton(provider => new ReminderBuilder(
            provider.GetRequiredService<CatalogueSource>(), provider.GetRequiredService<ContactSource>(),
            provider.GetRequiredService<TemplateSource>(), provider.GetRequiredService<ReminderDestinations>(), pages))
        .AddSingleton<ReminderPlanner>()
        .AddSingleton<ReminderRecheck>()
        .AddSingleton<RemindersByHand>()
        .AddSingleton<TaskBook>()
        .AddSingleton<RecipientList>()
        .AddSingleton<RouteHours>()
        .AddSingleton(provider => new NoticeSenders(
            channels, provider.GetRequiredService<NoticeStore>(), provider.GetRequiredService<NotifierSignals>(),
            provider.GetRequiredService<RecipientList>(), provider.GetRequiredService<RouteHours>(),
            provider.GetRequiredService<ReminderRecheck>(), provider.GetRequiredService<OutboxMetrics>(),
            provider.GetRequiredService<NotifierTelemetry>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NoticeSenders>>()))
        .AddSingleton<NotifierService>()
        .AddHostedService(provider => provider.GetRequiredService<NotifierService>());

    /// <summary>Adds the health check of the notifier.</summary>
    public static IHealthChecksBuilder AddNotifierCheck(this IHealthChecksBuilder checks) => checks.AddCheck<NotifierHealth>("notices");

    /// <summary>Maps <c>/api/notices</c>, <c>/api/silences</c>, <c>/api/tasks</c> and <c>/api/reminders</c>.</summary>
    public static IEndpointRouteBuilder MapNotifier(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").AddEndpointFilter(RefuseOnStandbyAsync);
        api.MapNotices();
        api.MapSilences();
        api.MapTasks();
        api.MapReminders();
        return routes;
    }

    private static async ValueTask<object?> RefuseOnStandbyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.RequestServices.GetRequiredService<NoticeLease>().IsHeld
            ? await next(context)
            : JsonBody.Unavailable("本进程为备用，暂不提供通知。请向正在运行的进程查询。", "This process stands by and has no notices. Ask the one that works.");
}
