namespace XilinIngest.Contracts;

/// <summary>
/// The figures that a growth was computed from; present wherever the growth is. Amounts are in the unit and precision of the figure that it
/// belongs to.
/// </summary>
public sealed record GrowthComparison
{
    /// <summary>The figure compared: the year-to-date, without the units that are left out.</summary>
    public required decimal Current { get; init; }

    /// <summary>The base: last year's figure of the same units.</summary>
    public required decimal Base { get; init; }

    /// <summary>The basis of the growth.</summary>
    public required ComparisonBasis Basis { get; init; }

    /// <summary>In place of a percentage, as in <see cref="IndicatorTotal.GrowthWords"/>; null if there is a percentage.</summary>
    public GrowthWords? Words { get; init; }

    /// <summary>With <see cref="Words"/>: <see cref="Current"/> less <see cref="Base"/>; below zero if it fell.</summary>
    public decimal? Amount { get; init; }

    /// <summary>How many units have a recorded base in place of a comparable one that they did not report.</summary>
    public int Substitutes { get; init; }

    /// <summary>Units that are not in the comparison; null if all are.</summary>
    public UnitsLeftOut? LeftOut { get; init; }
}

/// <summary>How many reporting units a growth leaves out, though their figures are in the total or in last year's.</summary>
public sealed record UnitsLeftOut
{
    /// <summary>Units that no longer report.</summary>
    public required int Closed { get; init; }

    /// <summary>Units that did not report a year ago.</summary>
    public required int New { get; init; }

    /// <summary>Units that reported a year ago but whose figure for the same period is missing.</summary>
    public required int WithoutBase { get; init; }

    /// <summary>Units that lack a due month of this year. Their other months are in the total.</summary>
    public required int Incomplete { get; init; }
}
