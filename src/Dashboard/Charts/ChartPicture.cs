namespace XilinIngest.Dashboard.Charts;

/// <summary>What a chart says of itself when it is taken along, and where its figures are.</summary>
/// <param name="Id">The id of its place on the page, for a link to it.</param>
/// <param name="Title">Unit, indicator and month.</param>
/// <param name="Unit">The unit of the figures.</param>
/// <param name="Source">Where the figures are from, their state and the date.</param>
/// <param name="Csv">The address of its figures as CSV.</param>
/// <param name="Workbook">The address of its figures as a workbook.</param>
/// <param name="Embed">The address of the chart alone, for a frame; null: it cannot be embedded.</param>
public sealed record ChartPicture(
    string Id, string Title, string Unit, string Source, string Csv, string Workbook, string? Embed = null);
