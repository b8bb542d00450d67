namespace XilinIngest.Indicators;

/// <summary>The key that a unit is ranked by: the value, then the earlier date.</summary>
/// <param name="Value">At published precision.</param>
/// <param name="Since">Since when the value has held. A key without a date ranks after those that have one.</param>
public readonly record struct RankKey(decimal Value, DateOnly? Since);

/// <summary>Standard competition ranking (1, 1, 3; 并列第1位).</summary>
public static class CompetitionRanking
{
    /// <summary>The ranks of values. A unit without a value has no rank and does not affect the other ranks.</summary>
    public static int?[] ComputeByKey(IReadOnlyList<RankKey?> values, Direction direction)
    {
        var order = direction == Direction.HigherIsBetter ? HigherFirst : LowerFirst;
        var (keys, places, count) = (new RankKey[values.Count], new int[values.Count], 0);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } key)
            {
                (keys[count], places[count]) = (key, i);
                count++;
            }
        }

        Array.Sort(keys, places, 0, count, order);
        var ranks = new int?[values.Count];
        for (var i = 0; i < count; i++)
        {
            // Equal values share the rank of the first of them.
            ranks[places[i]] = i > 0 && order.Compare(keys[i - 1], keys[i]) == 0 ? ranks[places[i - 1]] : i + 1;
        }

        return ranks;
    }

    private static readonly Comparer<RankKey> HigherFirst = Comparer<RankKey>.Create((a, b) => Compare(b.Value, a.Value, a, b));
    private static readonly Comparer<RankKey> LowerFirst = Comparer<RankKey>.Create((a, b) => Compare(a.Value, b.Value, a, b));

    private static int Compare(decimal first, decimal second, RankKey a, RankKey b) => first.CompareTo(second) is var byValue and not 0
        ? byValue : (a.Since ?? DateOnly.MaxValue).CompareTo(b.Since ?? DateOnly.MaxValue);

    /// <summary>The ranks of values without dates.</summary>
    public static IReadOnlyList<int?> Compute(IReadOnlyList<decimal?> values, Direction direction) =>
        ComputeByKey([.. values.Select(value => value is { } v ? new RankKey(v, null) : (RankKey?)null)], direction);

    /// <summary>The key that a unit is ranked by.</summary>
    public static RankKey? KeyOf(Indicator indicator, UnitLevel level, Total total, Target? target) =>
        ValueOf(indicator, level, total, target) is { } value
            ? new(value, indicator.RankBy == RankBy.Value ? total.Stages?.Since : null) : null;

    /// <summary>
    /// The value that a unit is ranked by, at published precision. An amount is in the printed unit, rounded as a unit of the level prints
    /// it: two villages of 1,230 and 1,180 万元 are 0.123 and 0.118亿元, and not the same 0.1.
    /// </summary>
    public static decimal? ValueOf(Indicator indicator, UnitLevel level, Total total, Target? target) => indicator.RankBy switch
    {
        RankBy.Growth => total.Growth.Published,
        RankBy.Value => total.Ytd is { } ytd ? PrintedAt(level, ytd, indicator) : null,
        RankBy.Completion =>
            total.Ytd is { } ytd && target is { Kind: TargetKind.Amount, Value: not 0 }
                ? Rounding.Rate(Pace.Completion(ytd, target.Value)) : null,
        _ => null,
    };

    private static decimal PrintedAt(UnitLevel level, decimal ytd, Indicator indicator)
    {
        var printing = indicator.PrintingAt(level, ytd);
        return Rounding.Print(ytd, printing) * printing.Divisor / indicator.Printing.Divisor;
    }
}
