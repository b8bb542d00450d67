namespace XilinIngest.Dashboard.Charts;

/// <summary>A bar of a ranking.</summary>
/// <param name="Name">The unit's name.</param>
/// <param name="Value">The figure that ranks the unit.</param>
/// <param name="Text">The figure as text.</param>
internal sealed record RankedBar(string Name, decimal Value, string Text);

/// <summary>Siblings as horizontal bars, the first rank on top. Changed figures are animated, and bars change places.</summary>
internal static class RankingChart
{
    /// <param name="bars">The bars in an order that does not depend on rank; the chart sorts them.</param>
    /// <param name="by">The name of the figures.</param>
    /// <param name="lowerIsBetter">Whether the smallest figure has the first rank.</param>
    public static object Build(IReadOnlyList<RankedBar> bars, string by, bool lowerIsBetter) => new
    {
        aria = new { enabled = false },
        grid = new { left = 8, right = 72, top = 8, bottom = 8, containLabel = true },
        xAxis = new { type = "value", axisLabel = new { show = false }, splitLine = new { show = false } },
        yAxis = new
        {
            type = "category",
            data = bars.Select(bar => bar.Name),
            inverse = !lowerIsBetter,
            axisTick = new { show = false },
            animationDuration = 300,
            animationDurationUpdate = 600
        },
        series = new object[]
        {
            new
            {
                id = "ranking", name = by, type = "bar", realtimeSort = true, barMaxWidth = 28, color = EChartOptions.ThisYear,
                data = bars.Select(bar => new
                {
                    value = bar.Value,
                    itemStyle = new { color = bar.Value < 0 ? EChartOptions.Bad : EChartOptions.ThisYear },
                    label = new { show = true, position = "right", color = "#1f2933", formatter = bar.Text },
                }),
            },
        },
        animationDuration = 300,
        animationDurationUpdate = 600,
        animationEasing = "linear",
        animationEasingUpdate = "cubicInOut",
    };
}
