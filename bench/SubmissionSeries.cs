using XilinIngest.Indicators;

namespace XilinIngest.Bench;

/// <summary>The submissions of the rounds, behind a loaded history. No round repeats what an earlier one sent.</summary>
/// <param name="data">The district.</param>
/// <param name="last">The last month of the history.</param>
/// <param name="perRound">The submissions of a round.</param>
internal sealed class SubmissionSeries(BenchData data, Period last, int perRound)
{
    // Neighbours in the catalogue do not follow each other. It has no factor in common with the usual numbers of units.
    private const int Stride = 7;

    private int _firstReports;
    private int _revision = 1;

    /// <summary>The greatest revision that was sent to the folder before.</summary>
    public int RevisionsBefore
    {
        init => _revision = 1 + value;
    }

    /// <summary>What offices send at the end of a month: the first report of each unit, month after month.</summary>
    public List<byte[]> FirstReports()
    {
        var start = _firstReports;
        _firstReports += perRound;
        return [.. Enumerable.Range(start, perRound)
            .Select(i => data.Submission(UnitAt(i), last.AddMonths(1 + i / data.Enterprises.Count)))];
    }

    /// <summary>
    /// The dearest submissions for their month: each changes all of its twenty values, up to the district, and its receipt says so for
    /// each. They are of the newest month that all have reported. None is superseded: a unit's next one always has a later revision.
    /// </summary>
    public List<byte[]> Revisions()
    {
        var first = _revision + 1;
        _revision += (perRound + data.Enterprises.Count - 1) / data.Enterprises.Count;
        var period = last.AddMonths(_firstReports / data.Enterprises.Count);
        return [.. Enumerable.Range(0, perRound).Select(i => data.Submission(UnitAt(i), period, first + i / data.Enterprises.Count))];
    }

    private int UnitAt(int i) => i * Stride % data.Enterprises.Count;
}
