namespace XilinIngest.Simulation.Tests.Runs;

/// <summary>All chance of a run: the same seed draws the same numbers in the same order.</summary>
internal sealed class SeededRandom(int seed)
{
#pragma warning disable CA5394 // Chance that can be repeated is the purpose.
    private readonly Random _random = new(seed);

    public bool Chance(double probability) => probability > 0 && _random.NextDouble() < probability;

    /// <summary>From zero up to a number, without it.</summary>
    public int Below(int end) => _random.Next(end);

    public int Between(int first, int last) => _random.Next(first, last + 1);

    public double Share() => _random.NextDouble();

    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    public TimeSpan Milliseconds(int first, int last) => TimeSpan.FromMilliseconds(Between(first, last));

    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
#pragma warning restore CA5394
}
