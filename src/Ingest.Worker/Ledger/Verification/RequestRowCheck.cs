using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>
/// Checks that the accepted requests agree with the rows before them. What the catalogue alone decided is not checked: it may have been
/// edited since.
/// </summary>
internal static class RequestRowCheck
{
    /// <param name="states">The states by the rows before; changed.</param>
    /// <param name="entry">An accepted request.</param>
    /// <param name="effective">The effective months by the rows before.</param>
    /// <param name="addFault">Takes a fault.</param>
    public static void Apply(
        RecordedStates states, LedgerEntry entry, Dictionary<(string, Period), EffectiveMonth> effective, Action<string> addFault)
    {
        if (entry.ToReview() is not { } review)
        {
            MonthRowCheck.Apply(states.Months, entry, addFault);
            return;
        }

        if (review.Unit.Value != entry.Unit || review.Period.ToString() != entry.Period)
        {
            addFault($"row {entry.Sequence} ({entry.Unit}, {entry.Period}) is a review of {review.Unit} for {review.Period}.");
        }
        else if (!(effective.TryGetValue((entry.Unit, review.Period), out var month) && Holds(month, review.Row)))
        {
            addFault($"row {entry.Sequence} reviewed row {review.Row}, which had no figure in force of {entry.Unit} in {entry.Period}.");
        }

        if (states.Reviews.NewestOf(review.Row) is { } before && before.Action == review.Action)
        {
            addFault($"row {entry.Sequence} reviewed row {review.Row} as row {before.Sequence} had.");
        }

        if (review is { Action: ReviewAction.Return, Reason: null })
        {
            addFault($"row {entry.Sequence} returned row {review.Row} without a reason.");
        }

        states.Apply(entry);
    }

    private static bool Holds(EffectiveMonth month, long row) =>
        month.Values.Any(value => value.Provenance.All.Any(set => set.Provenance.Sequence == row));
}
