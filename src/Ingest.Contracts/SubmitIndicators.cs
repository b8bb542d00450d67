namespace XilinIngest.Contracts;

/// <summary>
/// A monthly submission (报表): one unit, one month, one value per indicator. Sent to <see cref="Exchanges.Intake"/> as
/// plain JSON, camel case, UTF-8, at most 256 KiB; answered by exactly one <see cref="SubmissionReceipt"/>.
/// </summary>
public sealed record SubmitIndicators
{
    /// <summary>
    /// The idempotency key. A repeated submission with the same content gets the same receipt; with different content it is refused.
    /// </summary>
    public required Guid SubmissionId { get; init; }

    /// <summary>The unit's code: 12-digit division code, or 18-character unified social credit code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month reported, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>1 for the first submission of a month; a later revision replaces the values it names. 1 to 9999.</summary>
    public required int Revision { get; init; }

    /// <summary>When the office sent it, with offset. It orders two submissions of the same revision.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>
    /// The sender as information for people; at most 100 characters. It is not used for authorization, because the transport identifies the
    /// sender.
    /// </summary>
    public string? SubmittedBy { get; init; }

    /// <summary>1 to 200 values, each indicator at most once.</summary>
    public required IReadOnlyList<IndicatorValue> Values { get; init; }

    /// <summary>Answers to questions (核实性) of the checks. A question without an answer refuses the submission.</summary>
    public IReadOnlyList<Explanation>? Explanations { get; init; }

    /// <summary>Required after the month has closed.</summary>
    public Correction? Correction { get; init; }

    /// <summary>Where the figures come from, if they are the published totals of another installation. Absent otherwise.</summary>
    public SubmissionOrigin? Origin { get; init; }
}

/// <summary>
/// One indicator's figures in a submission. Numbers are plain decimals: no exponent, at most 15 digits before and 6 after the point. A
/// revision changes exactly the figures that it names: a figure that is absent (or null) keeps its accepted value.
/// </summary>
public sealed record IndicatorValue
{
    /// <summary>The indicator's code, as in <c>indicators.csv</c>.</summary>
    public required string Indicator { get; init; }

    /// <summary>
    /// The month's value (本月) in <see cref="Unit"/>; for a stock the value at the month's end; for a rate the per cent, which is optional;
    /// for a milestone the stage reached, from 0; for a yes/no 1 or 0. In JSON an explicit <c>null</c> without any other figure withdraws
    /// the indicator, like <c>value</c> in <see cref="Withdraw"/>.
    /// </summary>
    public decimal? Value { get; init; }

    /// <summary>The unit of measure, which must be the indicator's canonical one (such as 万元). It is never converted.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// 1—本月: the year's total so far as the unit has it now. If given, it takes precedence over the sum of the months. Flows only.
    /// </summary>
    public decimal? YearToDate { get; init; }

    /// <summary>上年同期: last year's figure for the same period as the unit reports it today; for a flow, the year-to-date.</summary>
    public decimal? LastYear { get; init; }

    /// <summary>The numerator, for a rate.</summary>
    public decimal? Numerator { get; init; }

    /// <summary>The denominator, for a rate. 0 of 0 reports that there was nothing to count, and adds nothing to a total.</summary>
    public decimal? Denominator { get; init; }

    /// <summary>
    /// For a milestone and a yes/no: the day on which the stage was reached, at the latest the last day of the month; absent for stage 0.
    /// </summary>
    public DateOnly? Date { get; init; }

    /// <summary>
    /// Figures to take back, of <see cref="FigureNames"/>: <c>value</c> withdraws the indicator with all its figures, <c>yearToDate</c> and
    /// <c>lastYear</c> that figure alone. A figure that is taken back cannot be given in the same submission.
    /// </summary>
    public IReadOnlyList<string>? Withdraw { get; init; }

    /// <summary>A remark, at most 500 characters. It is stored and not checked.</summary>
    public string? Note { get; init; }
}

/// <summary>The names of an indicator's figures, as in the JSON of <see cref="IndicatorValue"/>.</summary>
public static class FigureNames
{
    /// <summary>本月; in <see cref="IndicatorValue.Withdraw"/> it stands for the indicator with all its figures.</summary>
    public const string Value = "value";

    /// <summary>1—本月.</summary>
    public const string YearToDate = "yearToDate";

    /// <summary>上年同期.</summary>
    public const string LastYear = "lastYear";

    /// <summary>The numerator of a rate.</summary>
    public const string Numerator = "numerator";

    /// <summary>The denominator of a rate.</summary>
    public const string Denominator = "denominator";

    /// <summary>The day of a milestone or a yes/no.</summary>
    public const string Date = "date";
}

/// <summary>An explanation of one question.</summary>
public sealed record Explanation
{
    /// <summary>The id of the rule that asked.</summary>
    public required string Rule { get; init; }

    /// <summary>The indicator it asked about.</summary>
    public required string Indicator { get; init; }

    /// <summary>What happened, 5 to 500 characters; 核实无误 alone is not accepted.</summary>
    public required string Text { get; init; }
}

/// <summary>Why a closed month is corrected.</summary>
public sealed record Correction
{
    /// <summary>5 to 500 characters.</summary>
    public required string Reason { get; init; }
}

/// <summary>
/// Many submissions in one message, for an office that sends for many units. Each is judged separately and gets its own receipt.
/// </summary>
public sealed record SubmitIndicatorsPack
{
    /// <summary>1 to 500 submissions.</summary>
    public required IReadOnlyList<SubmitIndicators> Submissions { get; init; }
}
