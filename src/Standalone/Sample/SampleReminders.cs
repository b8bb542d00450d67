using XilinIngest.Aggregator.Partitions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Standalone;

/// <summary>
/// The reminders of the sample year: on the day after the deadline of December the street reminds the units that are late. All of them
/// report within days, and the list of reminders shows it.
/// </summary>
internal sealed class SampleReminders(
    RemindersByHand reminders, ResultPartitions results, NoticeStore store, NoticeSenders senders, CatalogueSource catalogues)
{
    private const int MaxListed = 1000;
    private static readonly Period Late = new(2022, 12);
    private static readonly TimeSpan AfterDeadline = TimeSpan.FromHours(15);

    // In a catalogue of one's own a channel may be away. What is not sent then is sent later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Guid Id = new("5f1d0a52-7c55-4b0e-8f3e-2f6d6c1f0002");
    private static readonly Caller Office = new() { Name = "街道督查室1", Rights = Rights.Administer };

    /// <summary>When they are sent; null: the catalogue has no such month.</summary>
    public DateTimeOffset? At => catalogues.Current.WindowOf(Late)?.Deadline + AfterDeadline;

    /// <summary>Sends them, and waits until they have been sent: what comes next may be a report that makes one of them needless.</summary>
    /// <param name="through">The last row of each ledger so far.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendAsync(IReadOnlyDictionary<string, long> through, CancellationToken cancellationToken)
    {
        while (!results.HaveApplied(through) || results.MayLackRows)
        {
            await Task.Delay(10, cancellationToken);
        }

        if (catalogues.Current.Units.All.FirstOrDefault(unit => unit is { Level: UnitLevel.Street, ReportsWhole: false }) is not { } street)
        {
            return;
        }

        await reminders.SendAsync(
            new ReminderRequest { Id = Id, Unit = street.Code.Value, Period = Late.ToString() }, Office, cancellationToken);
        var since = TimeProvider.System.GetTimestamp();
        while (store.ReadOutboxState().Pending > 0 && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            foreach (var sender in senders.All)
            {
                sender.Wake();
            }

            await Task.Delay(10, cancellationToken);
        }
    }

    /// <summary>Says how many were reminded, where someone was.</summary>
    public void Print(ServiceConsole console)
    {
        if (store.ReadReminders(Late.ToString(), MaxListed) is { Count: > 0 } sent)
        {
            console.WriteLine(
                $"  {Late.NameZh}催报：截止次日催报 {sent.Count} 个单位（见“催报”页）。",
                $"  Reminders of {Late}: {sent.Count} units were reminded on the day after the deadline.");
        }
    }
}
