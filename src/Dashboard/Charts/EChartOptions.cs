namespace XilinIngest.Dashboard.Charts;

/// <summary>The looks that all charts share.</summary>
internal static class EChartOptions
{
    // Told apart in grey and by the colour-blind too: this year is a full line, last year a broken one.
    public const string ThisYear = "#0b5cad";
    public const string LastYear = "#6b7280";
    public const string Good = "#1a7f37";
    public const string Bad = "#b42318";

    /// <summary>Names in a tooltip are text.</summary>
    public static object Tooltip => new { trigger = "axis", renderMode = "richText", confine = true };

    /// <summary>Two years, month by month; null: nothing was reported.</summary>
    /// <param name="months">Names of the months.</param>
    /// <param name="now">This year's figures.</param>
    /// <param name="before">Last year's.</param>
    /// <param name="names">What the lines are called: this year, last year.</param>
    /// <param name="small">Without axes, for a card.</param>
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

    /// <summary>A figure by month, and the target that it is held against.</summary>
    /// <param name="months">Names of the months.</param>
    /// <param name="figures">What is judged.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="target">What the target asks of each month.</param>
    /// <param name="targetName">What that is called.</param>
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
