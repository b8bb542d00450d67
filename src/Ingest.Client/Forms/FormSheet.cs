using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Forms;

/// <summary>What a form's sheet is to hold.</summary>
/// <param name="Unit">Whose form it is.</param>
/// <param name="Period">The month.</param>
/// <param name="Rows">Its indicators.</param>
/// <param name="Choices">The indicators of the drop-down in the free rows below; empty: there are none.</param>
internal sealed record FormSheet(Unit Unit, Period Period, IReadOnlyList<FormRow> Rows, IReadOnlyList<Indicator> Choices);

/// <summary>One indicator, and the figures to compare with where the service has them.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="LastMonth">The month before.</param>
/// <param name="LastYearMonth">The same month of last year.</param>
/// <param name="LastYearToDate">Last year's 1—本月, by the rule of the kind.</param>
/// <param name="Effective">What stands for the month: where a box is left blank, it goes on standing.</param>
internal sealed record FormRow(
    Indicator Indicator, decimal? LastMonth = null, decimal? LastYearMonth = null, decimal? LastYearToDate = null,
    FormFigures? Effective = null);
