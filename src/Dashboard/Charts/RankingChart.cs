namespace XilinIngest.Dashboard.Charts;

/// <summary>A bar of a ranking.</summary>
/// <param name="Name">The unit's name.</param>
/// <param name="Value">What it is ranked by.</param>
/// <param name="Text">The same, as it is printed.</param>
internal sealed record RankedBar(string Name, decimal Value, string Text);

/// <summary>Siblings as horizontal bars, the first one on top. When figures change, bars grow and pass each other.</summary>
internal static class RankingChart
{
    /// <param name="bars">In an order that stays while ranks change: the chart sorts.</param>
    /// <param name="by">What is drawn.</param>
    /// <param name="lowerIsBetter">The smallest is first.</param>
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
