namespace XilinIngest.Dashboard.Charts;

/// <summary>The style that all charts share.</summary>
internal static class EChartOptions
{
    // The years also differ in line style, for greyscale and colour-blind readers: this year is solid, last year is dashed.
    public const string ThisYear = "#0b5cad";
    public const string LastYear = "#6b7280";
    public const string LastYearBar = "#9aa5b1";
    public const string Good = "#1a7f37";
    public const string Bad = "#b42318";

    /// <summary>Shows names in a tooltip as text, not as HTML.</summary>
    public static object Tooltip => new { trigger = "axis", renderMode = "richText", confine = true };

    /// <summary>A figure by month and its target.</summary>
    /// <param name="months">The names of the months.</param>
    /// <param name="figures">The judged figures.</param>
    /// <param name="name">The name of the figures.</param>
    /// <param name="target">The target of each month.</param>
    /// <param name="targetName">The name of the target.</param>
    public static object Trend(
        IEnumerable<string> months, IEnumerable<decimal?> figures, string name, IEnumerable<decimal?> target, string targetName) => new
        {
            aria = new { enabled = false },
            tooltip = Tooltip,
            legend = new { data = new[] { name, targetName }, top = 0 },
            grid = new { left = 48, right = 12, top = 32, bottom = 24 },
            xAxis = new { type = "category", data = months.Select(month => month[5..]), axisLine = new { onZero = true } },
            yAxis = new { type = "value" },
            series = new object[]
        {
            new { id = "figure", name, type = "line", data = figures, lineStyle = new { width = 2, color = ThisYear },
                itemStyle = new { color = ThisYear } },
            new { id = "target", name = targetName, type = "line", data = target, showSymbol = false,
                lineStyle = new { width = 1.5, type = "dashed", color = YearChart.Target }, itemStyle = new { color = YearChart.Target } },
        },
        };
}
