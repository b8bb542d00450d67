namespace XilinIngest.Indicators;

/// <summary>Standard competition ranking (1, 1, 3; 并列第1位).</summary>
public static class CompetitionRanking
{
    /// <summary>
    /// The ranks of values at published precision. Who has no value has no rank, and takes none from the others.
    /// </summary>
    public static IReadOnlyList<int?> Compute(IReadOnlyList<decimal?> values, Direction direction)
    {
        var ordered = values.OfType<decimal>().Order().ToArray();
        if (direction == Direction.HigherIsBetter)
        {
            Array.Reverse(ordered);
        }

        var ranks = new Dictionary<decimal, int>();
        for (var i = 0; i < ordered.Length; i++)
        {
            ranks.TryAdd(ordered[i], i + 1);
        }

        return [.. values.Select(value => value is { } v ? ranks[v] : (int?)null)];
    }

    /// <summary>What a unit is ranked by, at published precision.</summary>
    public static decimal? ValueOf(Indicator indicator, Total total, Target? target) => indicator.RankBy switch
    {
        RankBy.Growth => total.Growth.Published,
        RankBy.Value => total.Ytd is { } ytd ? Rounding.Print(ytd, indicator.Printing) : null,
        RankBy.Completion => total.Ytd is { } ytd && target is { Kind: TargetKind.Amount, Value: not 0 } ? Rounding.Rate(Pace.Completion(ytd, target.Value)) : null,
        _ => null,
    };
}
