using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>The content of a form's sheet.</summary>
/// <param name="Unit">The unit of the form.</param>
/// <param name="Period">The month.</param>
/// <param name="Rows">Its indicators.</param>
/// <param name="Choices">The indicators of the drop-down in the free rows below; empty if there are no free rows.</param>
internal sealed record FormSheet(Unit Unit, Period Period, IReadOnlyList<FormRow> Rows, IReadOnlyList<Indicator> Choices);

/// <summary>One indicator, with the figures for comparison if the service has them.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="LastMonth">The month before.</param>
/// <param name="LastYearMonth">The same month of last year.</param>
/// <param name="LastYearToDate">Last year's 1—本月, by the rule of the kind.</param>
/// <param name="Effective">The effective figures of the month. A blank cell does not change them.</param>
internal sealed record FormRow(
    Indicator Indicator, decimal? LastMonth = null, decimal? LastYearMonth = null, decimal? LastYearToDate = null,
    FormFigures? Effective = null)
{
    /// <summary>The row with the service's figures beside it.</summary>
    public static FormRow Build(Indicator indicator, FormEntry entry) =>
        new(indicator, entry.LastMonth?.Value, entry.LastYear?.Value, entry.LastYearToDate, entry.Now);
}
