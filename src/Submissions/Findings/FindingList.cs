using System.Collections.ObjectModel;
using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// What is wrong with a submission. A body of nothing but faults has tens of thousands: so many are kept, the rest counted, or
/// one message would take a worker's memory, and its receipt would not go through the broker.
/// </summary>
public sealed class FindingList : Collection<Finding>
{
    /// <summary>Two for each of as many values as there may be.</summary>
    public const int MaxFindings = 2 * Reading.SubmissionReader.MaxValues;

    /// <summary>How many were found beyond those.</summary>
    public int DroppedCount { get; private set; }

    // What is put before all others is said whatever there is already.
    protected override void InsertItem(int index, Finding item)
    {
        if (index >= MaxFindings)
        {
            DroppedCount++;
            return;
        }

        base.InsertItem(index, item);
    }
}
