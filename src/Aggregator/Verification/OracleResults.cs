using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>All results of the accepted submissions, by unit, indicator and month (for an alert: year).</summary>
internal sealed record OracleResults(
    Catalogue Catalogue,
    IReadOnlyDictionary<ResultKey, Total> Totals,
    IReadOnlyDictionary<ResultKey, OracleRanking> Rankings,
    IReadOnlyDictionary<(UnitCode Unit, IndicatorCode Indicator, int Year), OracleAlert> Alerts,
    IReadOnlyDictionary<ResultKey, Judgement> Judgements)
{
    /// <summary>The units whose report of a month, or of one before it in the year, is not approved, by month.</summary>
    public required IReadOnlyDictionary<Period, IReadOnlyList<Unit>> Unapproved { get; init; }

    /// <summary>The months that are closed or locked and wait for no report.</summary>
    public required IReadOnlySet<Period> FinalMonths { get; init; }
}

/// <summary>The key of a result; a ranking's unit is the parent. Units and indicators are of one catalogue.</summary>
internal readonly record struct ResultKey(Unit Unit, Indicator Indicator, Period Period)
{
    public bool Equals(ResultKey other) =>
        Unit.Index == other.Unit.Index && Indicator.Order == other.Indicator.Order && Period == other.Period;

    public override int GetHashCode() => HashCode.Combine(Unit.Index, Indicator.Order, Period);
}

/// <summary>The siblings in rank order, then by code; those without a value last.</summary>
internal sealed record OracleRanking(TotalState State, int Reported, int Expected, IReadOnlyList<OracleRank> Units);

internal sealed record OracleRank(Unit Unit, decimal? Value, int? Rank, int? PreviousRank, Contracts.GrowthComparison? Comparison)
{
    /// <summary>The date since which a unit has been at its stage, for a kind with stages.</summary>
    public DateOnly? Since { get; init; }
}

/// <summary>The judgement of a target in a year: the colour of the latest complete month.</summary>
/// <param name="Colour">The colour.</param>
/// <param name="Period">The month of the colour.</param>
/// <param name="Since">The month since which it has not been green; null: it is green.</param>
/// <param name="SilencedBy">The parent whose own alert silences it.</param>
internal sealed record OracleAlert(Colour Colour, Period Period, Period? Since, Unit? SilencedBy);
