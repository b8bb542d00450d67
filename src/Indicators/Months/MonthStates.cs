using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>
/// The months that were closed or reopened by rows of the ledger, and the dates that hold for them. The calendar's dates are the default.
/// Changes may be applied in any order, any number of times. Not safe for concurrent use.
/// </summary>
public sealed class MonthStates
{
    private readonly Dictionary<Period, SortedDictionary<long, MonthStateChange>> _changes = [];

    /// <summary>The months with a change.</summary>
    public IReadOnlyCollection<Period> Months => _changes.Keys;

    /// <summary>All changes, by month and row.</summary>
    public IEnumerable<MonthStateChange> All => _changes.Values.SelectMany(month => month.Values);

    /// <summary>Takes over a change.</summary>
    /// <returns>Whether it is the newest of its month, and was not known.</returns>
    public bool Apply(MonthStateChange change)
    {
        if (!_changes.TryGetValue(change.Period, out var month))
        {
            _changes[change.Period] = month = [];
        }

        var isNew = month.TryAdd(change.Sequence, change);
        return isNew && NewestOf(change.Period) == change;
    }

    /// <summary>The change that counts; null: the calendar alone decides.</summary>
    public MonthStateChange? NewestOf(Period period) => _changes.TryGetValue(period, out var month) ? month.Values.Last() : null;

    /// <summary>The changes of a month, oldest first.</summary>
    public IReadOnlyList<MonthStateChange> HistoryOf(Period period) => _changes.TryGetValue(period, out var month) ? [.. month.Values] : [];

    /// <summary>The window of a month with its dates as they were moved.</summary>
    /// <param name="window">The calendar's window; null: the month is not in the calendar, and no message can bring it in.</param>
    /// <returns>Null: the month is not in the calendar. Dates at the end of time: the month is open until it is closed.</returns>
    [return: NotNullIfNotNull(nameof(window))]
    public CalendarWindow? WindowOf(CalendarWindow? window) => window is null ? null : NewestOf(window.Period) switch
    {
        null => window,
        { Action: MonthAction.Close } closed when !WasReopened(window.Period) => window with { Closes = closed.At },
        { Action: MonthAction.Close } closedAgain => ClosedAgain(window, closedAgain.At),
        { Until: { } until } => ClosedAgain(window, until),
        _ => window with { Closes = DateTimeOffset.MaxValue, Locks = DateTimeOffset.MaxValue },
    };

    // A month that was reopened has as much time for corrections after it closes as the calendar gives: it would otherwise be locked at
    // once where the calendar's date has passed.
    private static CalendarWindow ClosedAgain(CalendarWindow window, DateTimeOffset closes)
    {
        var locks = closes + (window.Locks - window.Closes);
        return window with { Closes = closes, Locks = window.Locks > locks ? window.Locks : locks };
    }

    private bool WasReopened(Period period) => _changes[period].Values.Any(change => change.Action == MonthAction.Reopen);

    /// <summary>Whether only corrections with a reason are taken. After a closing, whatever the clock of the reader says.</summary>
    /// <param name="window">The calendar's window.</param>
    /// <param name="now">The time.</param>
    public bool IsClosed(CalendarWindow window, DateTimeOffset now) =>
        NewestOf(window.Period)?.Action == MonthAction.Close || now > WindowOf(window).Closes;

    /// <summary>
    /// The time after which a month's figures are final once they are complete and approved: all time, if it was closed by a row, else
    /// when it is locked.
    /// </summary>
    /// <param name="window">The calendar's window; null: the month is not in the calendar, and is never final.</param>
    public DateTimeOffset MayBeFinalAfter(CalendarWindow? window) => window is null ? DateTimeOffset.MaxValue
        : NewestOf(window.Period)?.Action == MonthAction.Close ? DateTimeOffset.MinValue
        : WindowOf(window).Locks;
}
