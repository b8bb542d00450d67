namespace XilinIngest.Indicators;

public enum Severity
{
    /// <summary>强制性: the submission is refused.</summary>
    Error,

    /// <summary>核实性: taken only with an explanation.</summary>
    Question,
}

/// <summary>
/// The figures that a rule may name, all in the canonical unit; null if absent. Each is computed on demand, because most rules need few of
/// them.
/// </summary>
public abstract class RuleFigures
{
    /// <summary>The month's value (本月).</summary>
    public abstract decimal? Month { get; }

    /// <summary>The year-to-date that the submission carries (1—本月).</summary>
    public abstract decimal? Ytd { get; }

    /// <summary>The sum of the year's effective months, including this submission's.</summary>
    public abstract decimal? MonthsSum { get; }

    /// <summary>The effective figure of the month before.</summary>
    public abstract decimal? Previous { get; }

    /// <summary>The same period of last year as the submission reports it (上年同期).</summary>
    public abstract decimal? LastYear { get; }

    /// <summary>
    /// The recorded figure on the basis of <see cref="LastYear"/>. For a flow: last year's year-to-date through the same month (a reported
    /// year-to-date takes precedence), null if a due month is missing. For other kinds: the same month's figure.
    /// </summary>
    public abstract decimal? Recorded { get; }

    /// <summary>The median of the unit's own values of this indicator in the twelve months before.</summary>
    public abstract decimal? Typical { get; }

    /// <summary>For rates.</summary>
    public abstract decimal? Numerator { get; }

    /// <summary>For rates.</summary>
    public abstract decimal? Denominator { get; }

    /// <summary>The effective figure of the first report in the next twelve months; for kinds with stages.</summary>
    public abstract decimal? Next { get; }

    /// <summary>The date of the stage, as the number yyyymmdd.</summary>
    public abstract decimal? Date { get; }

    /// <summary>The date of <see cref="Previous"/>.</summary>
    public abstract decimal? PreviousDate { get; }

    /// <summary>The date of <see cref="Next"/>.</summary>
    public abstract decimal? NextDate { get; }

    /// <summary>The month's value of another indicator: of this submission, or the effective one.</summary>
    public abstract decimal? OtherIndicator(IndicatorCode code);
}

/// <summary>
/// A compiled expression of <c>rules.csv</c>: true fires; false does not; null means that a figure it needs is absent, and does not fire
/// either.
/// </summary>
public delegate bool? RuleCondition(RuleFigures figures);

/// <summary>A check of <c>rules.csv</c>. It fires when <see cref="Condition"/> is true.</summary>
public sealed record CheckRule
{
    private static readonly Dictionary<string, FigureFields> FieldsByName = new()
    {
        ["month"] = FigureFields.Value | FigureFields.Numerator | FigureFields.Denominator,
        ["months_sum"] = FigureFields.Value,
        ["ytd"] = FigureFields.YearToDate,
        ["last_year"] = FigureFields.LastYear,
        ["numerator"] = FigureFields.Numerator,
        ["denominator"] = FigureFields.Denominator,
        ["date"] = FigureFields.Date,
    };

    public required string Id { get; init; }
    public required int Version { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>The indicators it applies to; empty for all.</summary>
    public required IReadOnlySet<IndicatorCode> Indicators { get; init; }

    /// <summary>The kinds it applies to; empty for all.</summary>
    public required IReadOnlySet<IndicatorKind> Kinds { get; init; }

    /// <summary>The text of the expression, as in the file.</summary>
    public required string Expression { get; init; }

    public required RuleCondition Condition { get; init; }

    /// <summary>Whether the expression divides by 0 with these figures. This may be the reason for an unknown condition.</summary>
    public Func<RuleFigures, bool> DividesByZero { get; init; } = _ => false;

    /// <summary>
    /// The names of the figures the expression uses, such as <c>month</c> or <c>RETAIL_SALES</c>. The finding states them.
    /// </summary>
    public required IReadOnlyList<string> Names
    {
        get;
        init
        {
            field = value;
            OwnFields = value.Aggregate(FigureFields.None, (fields, name) => fields | FieldsByName.GetValueOrDefault(name));
        }
    }

    /// <summary>
    /// The fields of a submission that the expression uses. The rule is applied if a submission sets one of them. If there are none, it
    /// uses only other indicators and is always applied.
    /// </summary>
    public FigureFields OwnFields { get; private init; }

    public required string MessageZh { get; init; }
    public required string MessageEn { get; init; }
    public required string RemedyZh { get; init; }
    public required string RemedyEn { get; init; }

    public bool AppliesTo(Indicator indicator) =>
        (Indicators.Count == 0 || Indicators.Contains(indicator.Code)) && (Kinds.Count == 0 || Kinds.Contains(indicator.Kind));
}
