namespace XilinIngest.Indicators;

/// <summary>The sums of the months of a year, which stand apart in an array.</summary>
/// <param name="sums">The array.</param>
/// <param name="january">The place of January.</param>
/// <param name="distance">The distance from one month to the next.</param>
public readonly ref struct SumsOfMonths(Span<Sums> sums, int january, int distance)
{
    private readonly Span<Sums> _sums = sums;

    /// <summary>The sums of a month, from 1 to 12.</summary>
    public ref Sums this[int month] => ref _sums[january + (month - 1) * distance];
}
