using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Reminders that someone makes by hand: first shown, then sent.</summary>
internal sealed class RemindersByHand(
    NoticeStore store, ReminderSource reminders, CatalogueSource catalogues, IMonthCompleteness completeness, ReminderBuilder builder,
    TimeProvider clock)
{
    /// <summary>Within this time a unit is not reminded again of the same month, unless that is asked for.</summary>
    public static TimeSpan Pause { get; } = TimeSpan.FromHours(12);

    /// <summary>What would be sent.</summary>
    /// <param name="scope">Whom to remind, checked.</param>
    /// <param name="maySeeContacts">Whether the names of a unit's people may be shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ReminderPreview> PreviewAsync(
        ReminderScope scope, Func<Unit, bool> maySeeContacts, CancellationToken cancellationToken)
    {
        var (month, drafts) = await BuildAsync(scope, cancellationToken);
        var (last, units, now) = (store.ReadLastReminders(scope.Period), catalogues.Current.Units, clock.GetUtcNow());
        return new(scope.Unit, scope.Period, month.Deadline, [.. drafts.GroupBy(draft => draft.Unit).Select(unit =>
        {
            var (first, missing) = (unit.First(), month.Missing.First(each => each.Unit == unit.Key));
            var mayName = units.TryFind(unit.Key, out var found) && maySeeContacts(found);
            DateTimeOffset? lastAt = last.TryGetValue(unit.Key, out var at) ? at : null;
            return new PreviewedReminder(
                unit.Key, missing.NameZh, missing.NameEn, first.Missing,
                [.. unit.Select(draft => draft.Destination).OfType<ReminderDestination>().Select(destination => new ReminderChannel(
                    destination.Channel, destination.People.Count,
                    mayName ? [.. destination.People.Select(person => person.Name)] : null))],
                lastAt, lastAt >= now - Pause, first.Content.Title, first.Content.Text);
        })]);
    }

    /// <summary>Reminds the units that have not reported, once for the id of the request.</summary>
    public async Task<AddedReminders> SendAsync(ReminderRequest request, Caller caller, CancellationToken cancellationToken)
    {
        var (_, drafts) = await BuildAsync(request, cancellationToken);
        var now = clock.GetUtcNow();
        var run = new ReminderRun(request.Id.ToString(), Rule: null, request.Unit, request.Period, now, CallerName.Of(caller));
        return store.AddReminders(run, drafts, request.Again ? null : now - Pause);
    }

    private async Task<(MonthCompleteness Month, IReadOnlyList<ReminderDraft> Drafts)> BuildAsync(
        ReminderScope scope, CancellationToken cancellationToken)
    {
        var month = await completeness.ReadAsync(scope.Unit, scope.Period, cancellationToken)
            ?? throw new CompletenessUnknownException("The aggregator's catalogue does not have the unit yet.");
        if (month.IsClosed)
        {
            throw new MonthClosedException();
        }

        var (rules, units, now, drafts) = (reminders.Current, catalogues.Current.Units, clock.GetUtcNow(), new List<ReminderDraft>());
        foreach (var missing in month.Missing.Where(missing => scope.Units?.Contains(missing.Unit) != false))
        {
            if (units.TryFind(missing.Unit, out var unit) && Period.TryParse(scope.Period, out var period))
            {
                drafts.AddRange(
                    builder.BuildForUnit(ReminderRules.ByHand(rules, unit, period, units), name: null, missing, month, now));
            }
        }

        return (month, drafts);
    }
}

/// <summary>The month is closed or locked: no one is reminded of it.</summary>
internal sealed class MonthClosedException() : Exception("The month is closed.");
