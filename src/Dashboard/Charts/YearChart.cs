namespace XilinIngest.Dashboard.Charts;

/// <summary>A series in the chart of a year.</summary>
/// <param name="Id">The constant id of the series, which lets the chart animate changed figures.</param>
/// <param name="Name">The name in the legend.</param>
/// <param name="Values">The figures by month.</param>
/// <param name="Colour">The colour of the series.</param>
/// <param name="IsBar">Whether each month has a bar instead of a point on a line.</param>
/// <param name="IsDashed">Whether the line is dashed, for a series of comparison.</param>
internal sealed record EChartSeries(
    string Id, string Name, IEnumerable<decimal?> Values, string Colour, bool IsBar = false, bool IsDashed = false)
{
    /// <summary>The figures as a table beside the chart has them; empty: no table is made of the series.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}

/// <summary>The months of a year, with axes.</summary>
internal static class YearChart
{
    public const string Target = "#8a5a00";

    /// <param name="months">The names of the months.</param>
    /// <param name="unit">The unit of the figures.</param>
    /// <param name="rows">The series.</param>
    public static object Build(IEnumerable<string> months, string unit, params IReadOnlyList<EChartSeries> rows) => new
    {
        aria = new { enabled = false },
        tooltip = EChartOptions.Tooltip,
        legend = new { data = rows.Select(row => row.Name), top = 0 },
        grid = new { left = 8, right = 16, top = 64, bottom = 4, containLabel = true },
        xAxis = new { type = "category", data = months },
        yAxis = new { type = "value", name = unit, nameTextStyle = new { align = "left" }, scale = !rows.Any(row => row.IsBar) },
        series = rows.Select(row => row.IsBar
            ? (object)new { id = row.Id, name = row.Name, type = "bar", data = row.Values, itemStyle = new { color = row.Colour } }
            : new
            {
                id = row.Id,
                name = row.Name,
                type = "line",
                data = row.Values,
                showSymbol = !row.IsDashed,
                connectNulls = false,
                lineStyle = new { type = row.IsDashed ? "dashed" : "solid", width = row.IsDashed ? 1.5 : 2.5, color = row.Colour },
                itemStyle = new { color = row.Colour },
            }),
    };
}
