namespace XilinIngest.Contracts;

/// <summary>A unit fell behind its target. One alert per unit, indicator and year. To <see cref="Exchanges.Results"/>.</summary>
public sealed record AlertRaised : AlertEvent;

/// <summary>A current alert became worse or better, was silenced, or is no longer silenced.</summary>
public sealed record AlertChanged : AlertEvent
{
    /// <summary>The colour before the change.</summary>
    public required TargetColour PreviousColour { get; init; }
}

/// <summary>A current alert ended, because the figure recovered or there is no figure left to judge.</summary>
public sealed record AlertCleared : AlertEvent
{
    /// <summary>The colour before the change.</summary>
    public required TargetColour PreviousColour { get; init; }
}

/// <summary>The fields that the three alert events share.</summary>
public abstract record AlertEvent
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The year of the target.</summary>
    public required int Year { get; init; }

    /// <summary>The latest complete month, which was judged; <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>Amber or red; green when cleared.</summary>
    public required TargetColour Colour { get; init; }

    /// <summary>The month since which the alert has been in effect without interruption; <c>yyyy-MM</c>.</summary>
    public required string Since { get; init; }

    /// <summary>
    /// The figure judged: growth in per cent (of a rate: in percentage points), or the year-to-date as a percentage of the plan; absent if
    /// the growth is a word.
    /// </summary>
    public decimal? Value { get; init; }

    /// <summary>The target: per cent of growth (of a rate: percentage points), or a full-year amount.</summary>
    public required decimal Target { get; init; }

    /// <summary>Percentage points ahead (+) or behind (−).</summary>
    public decimal? Gap { get; init; }

    /// <summary>The parent whose alert on the same indicator silences this one; null if it is not silenced.</summary>
    public string? SilencedBy { get; init; }

    /// <summary>The reason, in Chinese.</summary>
    public required string ReasonZh { get; init; }

    /// <summary>The reason, in English.</summary>
    public required string ReasonEn { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the cause; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>From 1, contiguous for the unit, indicator and year.</summary>
    public required int Version { get; init; }

    /// <summary>The ledger rows that changed it, as in <see cref="IndicatorTotal.Cause"/>.</summary>
    public required IReadOnlyList<long> Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}
