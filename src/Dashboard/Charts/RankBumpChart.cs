namespace XilinIngest.Dashboard.Charts;

/// <summary>The ranks of a unit by month.</summary>
/// <param name="Id">The constant id of the line.</param>
/// <param name="Name">The unit's name, which stands at the end of the line.</param>
/// <param name="Ranks">The ranks; null: it has none in that month.</param>
/// <param name="IsOwn">Whether it is the reader's unit.</param>
internal sealed record RankLine(string Id, string Name, IReadOnlyList<int?> Ranks, bool IsOwn);

/// <summary>How the ranks of siblings cross over the months (位次变化).</summary>
internal static class RankBumpChart
{
    private const int NameWidth = 132;

    // Each differs from white by 3 : 1 and more.
    private static readonly string[] Others = ["#5b6b7e", "#1a7f37", "#8a5a00", "#b42318", "#6b46a8", "#00707a", "#9b2f6b", "#4d5a12"];

    public static object Build(IReadOnlyList<string> months, IReadOnlyList<RankLine> lines) => new
    {
        aria = new { enabled = false },
        tooltip = EChartOptions.Tooltip,
        grid = new { left = 16, right = NameWidth, top = 16, bottom = 4, containLabel = true },
        xAxis = new { type = "category", data = months, boundaryGap = false },
        yAxis = new
        {
            type = "value",
            inverse = true,
            min = 1,
            max = Math.Max(2, lines.SelectMany(line => line.Ranks).Max() ?? 1),
            interval = 1,
        },
        series = lines.Select((line, at) => new
        {
            id = line.Id,
            name = line.Name,
            type = "line",
            data = line.Ranks,
            connectNulls = false,
            symbol = "circle",
            symbolSize = line.IsOwn ? 10 : 6,
            z = line.IsOwn ? 3 : 2,
            lineStyle = new { width = line.IsOwn ? 4 : 1.5, color = ColourOf(line, at) },
            itemStyle = new { color = ColourOf(line, at) },

            // The names of units that share a rank stand below each other.
            labelLayout = new { moveOverlap = "shiftY" },
            endLabel = new
            {
                show = true,
                formatter = "{a}",
                color = "#1f2933",
                fontWeight = line.IsOwn ? "bold" : "normal",
                width = NameWidth - 16,
                overflow = "truncate",
            },
        }),
    };

    private static string ColourOf(RankLine line, int at) => line.IsOwn ? EChartOptions.ThisYear : Others[at % Others.Length];
}
