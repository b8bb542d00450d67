namespace XilinIngest.Indicators;

/// <summary>
/// The stage of a reporting unit, or the number of a parent's units at each stage. A parent counts its units even if few have reported.
/// </summary>
public sealed class StageCounts : IEquatable<StageCounts>
{
    private readonly StageTally _tally;

    /// <param name="tally">How many units are at each stage.</param>
    /// <param name="unitsWithoutStage">How many units of a parent have never reported; null if the unit reports itself.</param>
    public StageCounts(StageTally tally, int? unitsWithoutStage) => (_tally, UnitsWithoutStage) = (tally, unitsWithoutStage);

    /// <summary>How many units of a parent have never reported; null if the unit reports itself.</summary>
    public int? UnitsWithoutStage { get; }

    /// <summary>Whether it is the stage of a unit that reports itself.</summary>
    public bool IsOwn => UnitsWithoutStage is null;

    /// <summary>How many units there are, with and without a stage.</summary>
    public int Units => _tally.Count + (UnitsWithoutStage ?? 0);

    /// <summary>The stage that all units with a stage have reached.</summary>
    public int Lowest => _tally.Lowest;

    /// <summary>Since when a unit that reports itself has been at its stage; null if it has no date or is a parent.</summary>
    public DateOnly? Since => IsOwn ? _tally.Since : null;

    /// <summary>Creates counts from summed contributions; null if no unit has a stage.</summary>
    /// <param name="tally">How many units are at each stage.</param>
    /// <param name="isOwn">Whether the unit reports itself.</param>
    /// <param name="expected">How many units of a parent are expected to report.</param>
    public static StageCounts? Of(StageTally? tally, bool isOwn, int expected) =>
        tally is null ? null : new(tally, isOwn ? null : Math.Max(0, expected - tally.Count));

    /// <summary>Creates counts from published ones; null if there are none.</summary>
    /// <param name="units">How many units are at each stage, from stage 0.</param>
    /// <param name="unitsWithoutStage">How many units of a parent have never reported; null if the unit reports itself.</param>
    /// <param name="since">The date of a unit that reports itself.</param>
    public static StageCounts? FromPublished(IReadOnlyList<int>? units, int? unitsWithoutStage, DateOnly? since) =>
        StageTally.FromCounts(units, since) is { } tally ? new(tally, unitsWithoutStage) : null;

    /// <summary>How many units are at a stage.</summary>
    public int UnitsAt(int stage) => _tally.UnitsAt(stage);

    /// <summary>How many units with a stage are below the given one.</summary>
    public int UnitsBelow(int stage) => _tally.UnitsBelow(stage);

    public bool Equals(StageCounts? other) =>
        other is not null && UnitsWithoutStage == other.UnitsWithoutStage && Since == other.Since
        && _tally.HasSameCounts(other._tally);

    public override bool Equals(object? obj) => Equals(obj as StageCounts);

    public override int GetHashCode() => HashCode.Combine(UnitsWithoutStage, Since, _tally.Count);

    public override string ToString() => $"{_tally}, without a stage {UnitsWithoutStage}";
}
