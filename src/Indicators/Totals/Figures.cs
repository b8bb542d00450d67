namespace XilinIngest.Indicators;

/// <summary>
/// The order of submissions of one unit and month: by revision, then by the time the office sent it, then by id; never
/// by arrival.
/// </summary>
public readonly record struct OrderKey(int Revision, long SubmittedAtUtcTicks, Guid SubmissionId) : IComparable<OrderKey>
{
    public int CompareTo(OrderKey other)
    {
        var byRevision = Revision.CompareTo(other.Revision);
        if (byRevision != 0)
        {
            return byRevision;
        }

        var byTime = SubmittedAtUtcTicks.CompareTo(other.SubmittedAtUtcTicks);
        return byTime != 0 ? byTime : SubmissionId.CompareTo(other.SubmissionId);
    }
}

/// <summary>One unit's figures for one indicator and month, in the canonical unit. <c>default</c> says nothing was reported.</summary>
/// <param name="Value">The month's value; for a stock the value at the month's end.</param>
/// <param name="YearToDate">1–本月, where the submission carried it.</param>
/// <param name="LastYear">上年同期, where the submission carried it; for a flow the year-to-date.</param>
/// <param name="Numerator">For a rate.</param>
/// <param name="Denominator">For a rate.</param>
public readonly record struct Figures(
    decimal? Value, decimal? YearToDate = null, decimal? LastYear = null, decimal? Numerator = null, decimal? Denominator = null)
{
    /// <summary>Whether anything stands: false before the first report and after a withdrawal.</summary>
    public bool Stand => Value is not null || Numerator is not null;
}
