using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Months;

namespace XilinIngest.Submissions.Accepted;

/// <summary>Converts accepted closings and reopenings of months to messages and back, and reads them from the ledger's rows.</summary>
public static class AcceptedMonthFacts
{
    /// <inheritdoc cref="MonthMessageReader.ReadRecorded"/>
    public static MonthStateChange? ReadRecorded(ReadOnlyMemory<byte> body, long sequence, DateTimeOffset at, string by) =>
        MonthMessageReader.ReadRecorded(body, sequence, at, by);

    public static AcceptedMonthChange Create(MonthStateChange change) => new()
    {
        Sequence = change.Sequence,
        Period = change.Period.ToString(),
        Transition = TransitionOf(change.Action),
        At = change.At,
        By = change.By,
        Reason = change.Reason,
        Until = change.Until,
    };

    /// <exception cref="FormatException">The month is malformed.</exception>
    public static MonthStateChange ChangeOf(AcceptedMonthChange accepted) => new(
        accepted.Sequence, Period.Parse(accepted.Period),
        accepted.Transition == MonthTransition.Closed ? MonthAction.Close : MonthAction.Reopen, accepted.At, accepted.Until, accepted.By,
        accepted.Reason);

    public static MonthTransition TransitionOf(MonthAction action) =>
        action == MonthAction.Close ? MonthTransition.Closed : MonthTransition.Reopened;
}
