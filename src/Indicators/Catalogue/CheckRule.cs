namespace XilinIngest.Indicators;

public enum Severity
{
    /// <summary>强制性: the submission is refused.</summary>
    Error,

    /// <summary>核实性: taken only with an explanation.</summary>
    Question,
}

/// <summary>The figures a rule may speak of, all in the canonical unit; null where there is none.</summary>
/// <param name="Month">The month's value (本月).</param>
/// <param name="Ytd">The year-to-date the submission carries (1–本月).</param>
/// <param name="MonthsSum">The sum of the year's months as they stand, this submission's included.</param>
/// <param name="Previous">The month before, as it stands.</param>
/// <param name="LastYear">The same period of last year as the submission reports it (上年同期).</param>
/// <param name="Recorded">
/// What stands in the ledger on the basis of <paramref name="LastYear"/>: for a flow last year's year-to-date through the same
/// month (a carried year-to-date is the authority), null where a month that was due is missing; else the same month's figure.
/// </param>
/// <param name="Typical">The median of the unit's own earlier values of this indicator within the last twelve months.</param>
/// <param name="Numerator">For rates.</param>
/// <param name="Denominator">For rates.</param>
/// <param name="OtherIndicator">The month's value of another indicator: from this submission, or as it stands.</param>
public sealed record RuleFigures(
    decimal? Month, decimal? Ytd, decimal? MonthsSum, decimal? Previous, decimal? LastYear, decimal? Recorded,
    decimal? Typical, decimal? Numerator, decimal? Denominator, Func<IndicatorCode, decimal?> OtherIndicator);

/// <summary>
/// A compiled expression of <c>rules.csv</c>: true fires, false does not, null where a figure it needs is absent (it does not fire either).
/// </summary>
public delegate bool? RuleCondition(RuleFigures figures);

/// <summary>A check of <c>rules.csv</c>. It fires when <see cref="Condition"/> is true.</summary>
public sealed record CheckRule
{
    public required string Id { get; init; }
    public required int Version { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>The indicators it is asked of; empty: all.</summary>
    public required IReadOnlySet<IndicatorCode> Indicators { get; init; }

    /// <summary>The kinds it is asked of; empty: all.</summary>
    public required IReadOnlySet<IndicatorKind> Kinds { get; init; }

    /// <summary>The text of the expression, as in the file.</summary>
    public required string Expression { get; init; }

    public required RuleCondition Condition { get; init; }

    /// <summary>Whether the expression divides by 0 among these figures: where the condition is unknown, that may be why.</summary>
    public Func<RuleFigures, bool> DividesByZero { get; init; } = _ => false;

    /// <summary>
    /// The names of the figures the expression uses, such as <c>month</c> or <c>RETAIL_SALES</c>: the finding states them.
    /// </summary>
    public required IReadOnlyList<string> Names { get; init; }

    public required string MessageZh { get; init; }
    public required string MessageEn { get; init; }
    public required string RemedyZh { get; init; }
    public required string RemedyEn { get; init; }

    public bool AppliesTo(Indicator indicator) =>
        (Indicators.Count == 0 || Indicators.Contains(indicator.Code)) && (Kinds.Count == 0 || Kinds.Contains(indicator.Kind));
}
