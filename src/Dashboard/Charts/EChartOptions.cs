namespace XilinIngest.Dashboard.Charts;

/// <summary>The style that all charts share.</summary>
internal static class EChartOptions
{
    // The years also differ in line style, for greyscale and colour-blind readers: this year is solid, last year is dashed.
    public const string ThisYear = "#0b5cad";
    public const string LastYear = "#6b7280";
    public const string Good = "#1a7f37";
    public const string Bad = "#b42318";

    /// <summary>Shows names in a tooltip as text, not as HTML.</summary>
    public static object Tooltip => new { trigger = "axis", renderMode = "richText", confine = true };

    /// <summary>Two years by month; null: no figure was reported.</summary>
    /// <param name="months">The names of the months.</param>
    /// <param name="now">This year's figures.</param>
    /// <param name="before">Last year's figures.</param>
    /// <param name="names">The names of the series: this year, last year.</param>
    /// <param name="small">Whether to omit the axes, for a card.</param>
    public static object TwoYears(
        IEnumerable<string> months, IEnumerable<decimal?> now, IEnumerable<decimal?> before, (string Now, string Before) names,
        bool small) => new
        {
            aria = new { enabled = false },
            tooltip = Tooltip,
            legend = new { show = !small, data = new[] { names.Now, names.Before }, top = 0 },
            grid = small ? (object)new { left = 4, right = 4, top = 6, bottom = 4 } : new { left = 56, right = 16, top = 36, bottom = 28 },
            xAxis = new { type = "category", data = months, show = !small },
            yAxis = new { type = "value", show = !small, scale = true },
            series = new object[]
        {
            new { id = "before", name = names.Before, type = "line", data = before, showSymbol = false,
                lineStyle = new { type = "dashed", width = 1.5, color = LastYear }, itemStyle = new { color = LastYear } },
            new { id = "now", name = names.Now, type = "line", data = now, showSymbol = !small,
                lineStyle = new { width = 2.5, color = ThisYear }, itemStyle = new { color = ThisYear } },
        },
        };

    /// <summary>
    /// The growth of each month of a year without axes, for a card, with the target as a line; zero is always within sight.
    /// </summary>
    /// <param name="months">The names of the months.</param>
    /// <param name="growth">The growth of each month; null: there is none.</param>
    /// <param name="name">The name of the growth.</param>
    /// <param name="target">The growth that the target asks for; null: there is no such target.</param>
    /// <param name="targetName">The name of the target.</param>
    public static object GrowthSpark(
        IEnumerable<string> months, IEnumerable<decimal?> growth, string name, decimal? target, string targetName) => new
        {
            aria = new { enabled = false },
            tooltip = Tooltip,
            grid = new { left = 4, right = 4, top = 6, bottom = 4 },
            xAxis = new
            {
                type = "category",
                data = months,
                axisLabel = new { show = false },
                axisTick = new { show = false },
                axisLine = new { onZero = true, lineStyle = new { color = LastYear, width = 1 } },
            },
            yAxis = new { type = "value", show = false },
            series = new object[]
        {
            new { id = "growth", name, type = "line", data = growth, showSymbol = false, lineStyle = new { width = 2.5, color = ThisYear },
                itemStyle = new { color = ThisYear } },
            new { id = "target", name = targetName, type = "line", data = months.Select(_ => target), showSymbol = false,
                lineStyle = new { type = "dashed", width = 1.5, color = YearChart.Target }, itemStyle = new { color = YearChart.Target } },
        },
        };

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
