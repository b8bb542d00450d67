namespace XilinIngest.Indicators;

/// <summary>
/// Where a unit that reports stands, or where the units of a parent stand. A parent counts its units, however few have reported.
/// </summary>
public sealed class StageCounts : IEquatable<StageCounts>
{
    private readonly StageTally _tally;

    /// <param name="tally">How many units stand at each stage.</param>
    /// <param name="unitsWithoutStage">How many units of a parent have never reported; null: the unit reports itself.</param>
    public StageCounts(StageTally tally, int? unitsWithoutStage) => (_tally, UnitsWithoutStage) = (tally, unitsWithoutStage);

    /// <summary>How many units of a parent have never reported; null: the unit reports itself.</summary>
    public int? UnitsWithoutStage { get; }

    /// <summary>Whether it is the stage of a unit that reports itself.</summary>
    public bool IsOwn => UnitsWithoutStage is null;

    /// <summary>How many units there are, with and without a stage.</summary>
    public int Units => _tally.Count + (UnitsWithoutStage ?? 0);

    /// <summary>The stage that all units with a stage have reached.</summary>
    public int Lowest => _tally.Lowest;

    /// <summary>Since when a unit that reports itself has been at its stage; null: it has no date, or is a parent.</summary>
    public DateOnly? Since => IsOwn ? _tally.Since : null;

    /// <summary>Of summed contributions; null: no unit has a stage.</summary>
    /// <param name="tally">How many units stand at each stage.</param>
    /// <param name="isOwn">Whether the unit reports itself.</param>
    /// <param name="expected">How many units of a parent are expected to report.</param>
    public static StageCounts? Of(StageTally? tally, bool isOwn, int expected) =>
        tally is null ? null : new(tally, isOwn ? null : Math.Max(0, expected - tally.Count));

    /// <summary>Of published counts; null: there are none.</summary>
    /// <param name="units">How many units stand at each stage, from stage 0.</param>
    /// <param name="unitsWithoutStage">How many units of a parent have never reported; null: the unit reports itself.</param>
    /// <param name="since">The date of a unit that reports itself.</param>
    public static StageCounts? FromPublished(IReadOnlyList<int>? units, int? unitsWithoutStage, DateOnly? since) =>
        StageTally.FromCounts(units, since) is { } tally ? new(tally, unitsWithoutStage) : null;

    /// <summary>How many units stand at a stage.</summary>
    public int UnitsAt(int stage) => _tally.UnitsAt(stage);

    /// <summary>How many units with a stage have not reached another one.</summary>
    public int UnitsBelow(int stage) => _tally.UnitsBelow(stage);

    public bool Equals(StageCounts? other) =>
        other is not null && UnitsWithoutStage == other.UnitsWithoutStage && Since == other.Since
        && _tally.HasSameCounts(other._tally);

    public override bool Equals(object? obj) => Equals(obj as StageCounts);

    public override int GetHashCode() => HashCode.Combine(UnitsWithoutStage, Since, _tally.Count);

    public override string ToString() => $"{_tally}, without a stage {UnitsWithoutStage}";
}
