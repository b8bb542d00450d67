using System.Collections.ObjectModel;
using XilinIngest.Contracts;

namespace XilinIngest.Submissions.Findings;

/// <summary>
/// The findings of a submission. A body can have tens of thousands of faults: a limited number of findings is kept and the rest counted,
/// because one message could otherwise use up a worker's memory, and its receipt would be too large for the broker.
/// </summary>
public sealed class FindingList : Collection<Finding>
{
    /// <summary>Two for each value that a submission may have.</summary>
    public const int MaxFindings = 2 * Reading.SubmissionReader.MaxValues;

    /// <summary>The number of findings that were not kept.</summary>
    public int DroppedCount { get; private set; }

    // A finding that is inserted first is kept even where the list is full.
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
