using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Reminds by the rules, each once of a month. Called by one thread at a time.</summary>
internal sealed class ReminderPlanner(
    NoticeStore store, ReminderSource reminders, RouteSource routes, CatalogueSource catalogues, IMonthCompleteness completeness,
    ReminderBuilder builder, TimeProvider clock, ILogger<ReminderPlanner> logger)
{
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    /// <summary>Why the rules do not remind: it is not known what is missing; null: it is.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Adds the reminders that are due to the outbox.</summary>
    /// <returns>The channels of the new notices.</returns>
    public async Task<IReadOnlyCollection<string>> PlanAsync(CancellationToken cancellationToken)
    {
        var channels = new HashSet<string>(StringComparer.Ordinal);
        var due = ReminderSchedule.Due(reminders.Current, catalogues.Current.Calendar, routes.Current.WorkingDays, clock.GetUtcNow())
            .Where(occasion => !IsMade(occasion.Id)).ToList();
        try
        {
            foreach (var occasion in due)
            {
                channels.UnionWith(await RemindAsync(occasion, cancellationToken));
            }

            Fault = null;
        }
        catch (Exception exception) when (MonthCompletenessFault.IsOne(exception, cancellationToken))
        {
            if (Fault is null)
            {
                logger.LogWarning(
                    "It is not known who has reported, so no one is reminded: {Reason} It is tried again.", exception.Message);
            }

            Fault = exception;
        }

        return channels;
    }

    private bool IsMade(string id) => _made.Contains(id) || (store.HasReminderRun(id) && _made.Add(id));

    private async Task<IEnumerable<string>> RemindAsync(ReminderOccasion occasion, CancellationToken cancellationToken)
    {
        var (rule, period, drafts) = (occasion.Rule, occasion.Window.Period, new List<ReminderDraft>());
        foreach (var unit in UnitsOf(rule, period))
        {
            if (await completeness.ReadAsync(unit, period.ToString(), cancellationToken) is { IsClosed: false } month)
            {
                drafts.AddRange(builder.Build(rule, month, clock.GetUtcNow()));
            }
        }

        var run = new ReminderRun(occasion.Id, rule.Name, rule.Unit?.Value ?? "", period.ToString(), clock.GetUtcNow(), MadeBy: null);
        if (store.AddReminders(run, drafts, since: null).IsNew)
        {
            logger.LogInformation("Rule {Rule} reminds of {Period}: {Count} messages.", rule.Name, run.Period, drafts.Count);
        }

        _made.Add(occasion.Id);
        return drafts.Select(draft => draft.Destination?.Channel).OfType<string>();
    }

    // Without a unit, all: those at the top of the tree, and what is below them.
    private IEnumerable<string> UnitsOf(ReminderRule rule, Period period) => rule.Unit is { } unit
        ? [unit.Value]
        : catalogues.Current.Units.All.Where(each => each.SpanIn(period) is { Parent: null }).Select(each => each.Code.Value);
}

/// <summary>What keeps from knowing who has reported.</summary>
internal static class MonthCompletenessFault
{
    /// <summary>Whether an exception says that the aggregator does not answer, and not that this program has a bug.</summary>
    public static bool IsOne(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        HttpRequestException or CompletenessUnknownException or System.Text.Json.JsonException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };
}

/// <summary>The results are being loaded, or may lack submissions that were accepted.</summary>
internal sealed class CompletenessUnknownException(string message) : Exception(message)
{
    /// <summary>A report that is said to be missing may be among the rows that the results lack.</summary>
    public static CompletenessUnknownException MayLackReports => new("The results do not have every submission yet.");
}
