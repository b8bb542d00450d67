namespace XilinIngest.Indicators;

/// <summary>What a unit is ranked by: a value, then the earlier date.</summary>
/// <param name="Value">At published precision.</param>
/// <param name="Since">Since when; null: it has no date, and comes after those that have one.</param>
public readonly record struct RankKey(decimal Value, DateOnly? Since);

/// <summary>Standard competition ranking (1, 1, 3; 并列第1位).</summary>
public static class CompetitionRanking
{
    /// <summary>The ranks of values. Who has no value has no rank, and takes none from the others.</summary>
    public static IReadOnlyList<int?> ComputeByKey(IReadOnlyList<RankKey?> values, Direction direction)
    {
        var present = values.OfType<RankKey>();
        var byValue = direction == Direction.HigherIsBetter
            ? present.OrderByDescending(key => key.Value) : present.OrderBy(key => key.Value);
        var ordered = byValue.ThenBy(key => key.Since ?? DateOnly.MaxValue).ToArray();
        var ranks = new Dictionary<RankKey, int>();
        for (var i = 0; i < ordered.Length; i++)
        {
            ranks.TryAdd(ordered[i], i + 1);
        }

        return [.. values.Select(value => value is { } key ? ranks[key] : (int?)null)];
    }

    /// <summary>The ranks of values without dates.</summary>
    public static IReadOnlyList<int?> Compute(IReadOnlyList<decimal?> values, Direction direction) =>
        ComputeByKey([.. values.Select(value => value is { } v ? new RankKey(v, null) : (RankKey?)null)], direction);

    /// <summary>What a unit is ranked by.</summary>
    public static RankKey? KeyOf(Indicator indicator, Total total, Target? target) =>
        ValueOf(indicator, total, target) is { } value ? new(value, indicator.RankBy == RankBy.Value ? total.Stages?.Since : null) : null;

    /// <summary>The value that a unit is ranked by, at published precision.</summary>
    public static decimal? ValueOf(Indicator indicator, Total total, Target? target) => indicator.RankBy switch
    {
        RankBy.Growth => total.Growth.Published,
        RankBy.Value => total.Ytd is { } ytd ? Rounding.Print(ytd, indicator.Printing) : null,
        RankBy.Completion =>
            total.Ytd is { } ytd && target is { Kind: TargetKind.Amount, Value: not 0 }
                ? Rounding.Rate(Pace.Completion(ytd, target.Value)) : null,
        _ => null,
    };
}
