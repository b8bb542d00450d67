using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// The sums that one partition tells another, absolute: what came before is replaced. Versions of an epoch are contiguous, so that a lost
/// message is seen; the receiver then asks for all.
/// </summary>
/// <param name="From">The partition that sends it.</param>
/// <param name="To">The partition that it is for.</param>
/// <param name="Position">The sender's epoch and the number of the message.</param>
/// <param name="IsComplete">Whether it has all that the sender knows: what is not in it is empty.</param>
/// <param name="HasWholes">Whether the sender knows the whole sums of its nodes; without, it has only its parts of others' nodes.</param>
/// <param name="Through">The row of the sender's ledger up to which it is true.</param>
/// <param name="Months">How far the years have been reported.</param>
/// <param name="Sums">The sums by unit, indicator and year.</param>
internal sealed record RollUpMessage(
    Partition From, Partition To, RollUpPosition Position, bool IsComplete, bool HasWholes, long Through,
    IReadOnlyList<ReportedMonthsOfYear> Months, IReadOnlyList<NodeSums> Sums);

/// <summary>Where a message is in the order of its sender's.</summary>
/// <param name="Epoch">Raised each time the sender's cube is loaded.</param>
/// <param name="Version">Counted for each receiver from 1.</param>
internal readonly record struct RollUpPosition(long Epoch, long Version) : IComparable<RollUpPosition>
{
    public RollUpPosition Next() => this with { Version = Version + 1 };

    public int CompareTo(RollUpPosition other) => (Epoch, Version).CompareTo((other.Epoch, other.Version));
}

/// <summary>The sums of a unit's year for one indicator.</summary>
internal sealed record NodeSums(UnitCode Unit, IndicatorCode Indicator, int Year, SumsOfYear Sums);
