using System.Collections.Immutable;

namespace XilinIngest.Indicators;

/// <summary>
/// How many reporting units are at each stage, from stage 0. Like all of <see cref="Sums"/> it is maintained by adding and subtracting. The
/// dates of the units are summed too, so that the date of a single unit is known.
/// </summary>
public sealed class StageTally : IEquatable<StageTally>
{
    /// <summary>The highest possible stage.</summary>
    public const int MaxStage = 20;

    private readonly ImmutableArray<int> _units;
    private readonly long _days;

    private StageTally(ImmutableArray<int> units, long days) => (_units, _days) = (units, days);

    /// <summary>Creates the tally of one unit; null if the value is not a stage. Stage 0 has no date, even if one is stored.</summary>
    public static StageTally? Of(decimal? stage, DateOnly? since) =>
        stage is >= 0 and <= MaxStage and var at && decimal.IsInteger(at)
            ? new([.. Enumerable.Repeat(0, (int)at), 1], at == 0 ? 0 : since?.DayNumber ?? 0)
            : null;

    /// <summary>Creates a tally from published counts; null if there are none.</summary>
    /// <param name="units">How many units are at each stage, from stage 0.</param>
    /// <param name="since">The date of a single unit.</param>
    public static StageTally? FromCounts(IReadOnlyList<int>? units, DateOnly? since)
    {
        if (units is null)
        {
            return null;
        }

        var length = units.Count;
        while (length > 0 && units[length - 1] == 0)
        {
            length--;
        }

        return length == 0 ? null : new([.. units.Take(length)], since?.DayNumber ?? 0);
    }

    /// <summary>Creates a tally from sums that were taken out of one by <see cref="Units"/> and <see cref="Days"/>.</summary>
    public static StageTally FromSums(IReadOnlyList<int> units, long days) => new([.. units], days);

    /// <summary>How many units are at each stage, from stage 0.</summary>
    public IReadOnlyList<int> Units => _units;

    /// <summary>The sum of the numbers of their dates.</summary>
    public long Days => _days;

    /// <summary>How many units have a stage.</summary>
    public int Count => _units.Sum();

    /// <summary>The stage that all of them have reached.</summary>
    public int Lowest => _units.TakeWhile(units => units == 0).Count();

    /// <summary>The highest stage that one of them has reached.</summary>
    public int Highest => _units.Length - 1;

    /// <summary>Since when a single unit has been at its stage; null if it has no date or there are several units.</summary>
    public DateOnly? Since => Count == 1 && _days > 0 ? DateOnly.FromDayNumber((int)_days) : null;

    /// <summary>How many units are at a stage.</summary>
    public int UnitsAt(int stage) => stage < _units.Length ? _units[stage] : 0;

    /// <summary>How many units have not reached a stage.</summary>
    public int UnitsBelow(int stage) => _units.Take(stage).Sum();

    public static StageTally? Add(StageTally? a, StageTally? b) => b is null ? a : a is null ? b : Combine(a, b, 1);

    public static StageTally? Subtract(StageTally? a, StageTally? b) => b is null ? a : Combine(a ?? new([], 0), b, -1);

    /// <summary>Whether both have the same number of units at each stage. Dates are ignored.</summary>
    public bool HasSameCounts(StageTally other) => _units.AsSpan().SequenceEqual(other._units.AsSpan());

    public bool Equals(StageTally? other) => other is not null && _days == other._days && HasSameCounts(other);

    public override bool Equals(object? obj) => Equals(obj as StageTally);

    public override int GetHashCode() => HashCode.Combine(_days, _units.Length);

    public override string ToString() => $"{string.Join('/', _units)} since {Since:yyyy-MM-dd}";

    private static StageTally? Combine(StageTally a, StageTally b, int sign)
    {
        var units = new int[Math.Max(a._units.Length, b._units.Length)];
        for (var stage = 0; stage < units.Length; stage++)
        {
            units[stage] = a.UnitsAt(stage) + sign * b.UnitsAt(stage);
        }

        var length = Array.FindLastIndex(units, count => count != 0) + 1;
        var days = a._days + sign * b._days;
        return length == 0 && days == 0 ? null : new([.. units.AsSpan(0, length)], days);
    }
}
