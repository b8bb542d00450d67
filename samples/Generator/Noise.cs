namespace XilinIngest.Samples;

/// <summary>
/// Scatter that is the same on every machine and at every run: a hash of what it is for, two steps of a linear congruence.
/// </summary>
internal static class Noise
{
    /// <summary>A whole number from 0 up to, not including, <paramref name="range"/>.</summary>
    public static int Below(int range, params ReadOnlySpan<object> key)
    {
        // FNV-1a over the text of the key, then Knuth's MMIX congruence; the high bits are the good ones.
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
    /// <summary>Cuts a total into whole parts by weight that add up to it exactly.</summary>
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
