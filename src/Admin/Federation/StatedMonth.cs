using XilinIngest.Contracts;

namespace XilinIngest.Admin.Federation;

/// <summary>A row of the upper ledger: a submission of the unit and month that was not refused.</summary>
internal sealed record StatedRow(long Sequence, SubmitIndicators Submission);

/// <summary>The last figure that was reported above for an indicator, with the total that it was taken from.</summary>
internal sealed record StatedFigure(IndicatorValue Value, OriginTotal Total, SubmissionOrigin Origin, long Sequence)
{
    public bool IsWithdrawn => Value.Withdraw?.Contains(FigureNames.Value) == true;
}

/// <summary>
/// What was reported above for a month from one source. It is read from the upper ledger, so that no state of its own can be lost or
/// contradict the ledger.
/// </summary>
/// <param name="Figures">By indicator.</param>
/// <param name="NextRevision">One more than the highest revision of the month, whoever submitted it.</param>
internal sealed record StatedMonth(IReadOnlyDictionary<string, StatedFigure> Figures, int NextRevision)
{
    /// <param name="rows">The rows in any order.</param>
    /// <param name="source">The source; null: any.</param>
    public static StatedMonth Of(IReadOnlyList<StatedRow> rows, string? source)
    {
        var figures = new Dictionary<string, StatedFigure>(StringComparer.Ordinal);
        foreach (var (sequence, submission) in rows.OrderBy(row => row.Submission.Revision)
            .ThenBy(row => row.Submission.SubmittedAt).ThenBy(row => row.Submission.SubmissionId))
        {
            if (submission.Origin is not { } origin || (source is not null && origin.Source != source))
            {
                continue;
            }

            foreach (var value in submission.Values)
            {
                if (origin.Totals.FirstOrDefault(total => total.Indicator == value.Indicator) is { } total)
                {
                    figures[value.Indicator] = new(value, total, origin, sequence);
                }
            }
        }

        return new(figures, rows.Select(row => row.Submission.Revision).DefaultIfEmpty().Max() + 1);
    }
}
