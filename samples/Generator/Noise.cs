namespace XilinIngest.Samples;

/// <summary>
/// Deterministic noise, the same on every machine and in every run: a hash of the key, then two steps of a linear congruential generator.
/// </summary>
internal static class Noise
{
    /// <summary>A whole number from 0 up to, not including, <paramref name="range"/>.</summary>
    public static int Below(int range, params ReadOnlySpan<object> key)
    {
        // FNV-1a over the text of the key, then Knuth's MMIX generator. Its high bits have the better distribution.
        var state = 14695981039346656037UL;
        foreach (var part in key)
        {
            foreach (var c in $"{part}|")
            {
                state = unchecked((state ^ c) * 1099511628211UL);
            }
        }

        for (var i = 0; i < 2; i++)
        {
            state = unchecked(state * 6364136223846793005UL + 1442695040888963407UL);
        }

        return (int)((state >> 33) % (ulong)range);
    }
}

internal static class Shares
{
    /// <summary>Splits a total by weight into whole parts whose sum is exactly the total.</summary>
    public static long[] Of(long total, IReadOnlyList<long> weights)
    {
        var sum = weights.Sum();
        var parts = new long[weights.Count];
        if (sum == 0)
        {
            return total == 0 ? parts : throw new InvalidOperationException($"{total} cannot be shared among no one.");
        }

        long weight = 0, given = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            weight += weights[i];
            var upTo = (long)((Int128)total * weight / sum);
            parts[i] = upTo - given;
            given = upTo;
        }

        return parts;
    }
}
