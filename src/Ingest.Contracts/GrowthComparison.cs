namespace XilinIngest.Contracts;

/// <summary>
/// What a growth was computed from: it stands wherever the growth does. Amounts are in the unit and precision of the figure beside it.
/// </summary>
public sealed record GrowthComparison
{
    /// <summary>The figure compared: the year-to-date, without the units that are left out.</summary>
    public required decimal Current { get; init; }

    /// <summary>What it is compared with: last year's figure of the same units.</summary>
    public required decimal Base { get; init; }

    /// <summary>The basis of the growth.</summary>
    public required ComparisonBasis Basis { get; init; }

    /// <summary>In place of a percentage, as in <see cref="IndicatorTotal.GrowthWords"/>; null: there is a percentage.</summary>
    public GrowthWords? Words { get; init; }

    /// <summary>Beside the words: <see cref="Current"/> less <see cref="Base"/>; below zero where it fell.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How many units' recorded figure stood in for a comparable one that they did not report.</summary>
    public int Substitutes { get; init; }

    /// <summary>Units that are not in the comparison; null: all are.</summary>
    public UnitsLeftOut? LeftOut { get; init; }
}

/// <summary>How many reporting units a growth leaves out, though their figures are in the total or in last year's.</summary>
public sealed record UnitsLeftOut
{
    /// <summary>Units that report no more.</summary>
    public required int Closed { get; init; }

    /// <summary>Units that did not report a year ago.</summary>
    public required int New { get; init; }

    /// <summary>Units that did, and whose figure for the same period is missing.</summary>
    public required int WithoutBase { get; init; }

    /// <summary>Units of which a month is missing that was due this year: their part of the year is in the total.</summary>
    public required int Incomplete { get; init; }
}
