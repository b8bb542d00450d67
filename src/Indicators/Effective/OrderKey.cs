namespace XilinIngest.Indicators;

/// <summary>
/// The order of submissions of one unit and month: by revision, then by the time the office submitted it, then by id. The time of arrival
/// has no influence.
/// </summary>
public readonly record struct OrderKey(int Revision, long SubmittedAtUtcTicks, Guid SubmissionId) : IComparable<OrderKey>
{
    public static OrderKey Create(int revision, DateTimeOffset submittedAt, Guid submissionId) =>
        new(revision, submittedAt.UtcTicks, submissionId);

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
