namespace XilinIngest.Dashboard.Charts;

/// <summary>A bar of a waterfall, from one value to another.</summary>
/// <param name="Name">Its name with its figure.</param>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Colour">Its colour.</param>
internal sealed record WaterfallBar(string Name, decimal From, decimal To, string Colour);

/// <summary>
/// Horizontal bars that each begin where the one above ends. A bar is stacked on an invisible one; where it crosses zero, it is two bars,
/// because the parts above and below zero are stacked apart.
/// </summary>
internal static class WaterfallChart
{
    private const int LabelWidth = 150;

    /// <param name="bars">The bars from top to bottom.</param>
    /// <param name="unit">The unit of the figures.</param>
    public static object Build(IReadOnlyList<WaterfallBar> bars, string unit) => new
    {
        aria = new { enabled = false },
        grid = new { left = 8, right = 16, top = 8, bottom = 32, containLabel = true },
        xAxis = new { type = "value", name = unit, nameLocation = "middle", nameGap = 26, splitNumber = 4 },
        yAxis = new
        {
            type = "category",
            data = bars.Select(bar => bar.Name),
            inverse = true,
            axisTick = new { show = false },
            axisLine = new { onZero = true },
            axisLabel = new { width = LabelWidth, overflow = "break" },
        },
        series = new object[]
        {
            Series("space", bars.Select(bar => (object)new { value = Space(bar), itemStyle = new { color = "transparent" } })),
            Series("above", bars.Select(bar => Part(bar, AboveZero(bar)))),
            Series("below", bars.Select(bar => Part(bar, -AboveZero(new(bar.Name, -bar.From, -bar.To, bar.Colour))))),
        },
    };

    // From zero to the nearer end; zero where the bar touches or crosses it.
    private static decimal Space(WaterfallBar bar) => (bar.From, bar.To) switch
    {
        ( > 0, > 0) => Math.Min(bar.From, bar.To),
        ( < 0, < 0) => Math.Max(bar.From, bar.To),
        _ => 0,
    };

    private static decimal AboveZero(WaterfallBar bar) => Math.Max(0, Math.Max(bar.From, bar.To)) - Math.Max(0, Math.Min(bar.From, bar.To));

    private static object Part(WaterfallBar bar, decimal length) => new { value = length, itemStyle = new { color = bar.Colour } };

    private static object Series(string id, IEnumerable<object> data) =>
        new { id, type = "bar", stack = "all", silent = true, barMaxWidth = 22, data };
}
