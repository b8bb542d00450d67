using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>What one unit adds to the growth.</summary>
/// <param name="Unit">The unit's code; null: it is several units, or the rest.</param>
/// <param name="Name">Its name.</param>
/// <param name="Points">Percentage points, as published.</param>
/// <param name="From">The sum of those before it.</param>
internal sealed record GrowthContribution(string? Unit, string Name, decimal Points, decimal From)
{
    public decimal To => From + Points;
}

/// <summary>
/// The published growth of a unit as the sum of what the units below add to it (拉动). The points are published with one decimal more than
/// the growth, and what is missing for the growth is a part of its own, so that the parts add up exactly.
/// </summary>
/// <param name="Growth">The published growth.</param>
/// <param name="Units">The units, the largest addition first and the largest reduction last.</param>
/// <param name="Rest">The rest, by rounding; null: there is none.</param>
internal sealed record GrowthContributions(decimal Growth, IReadOnlyList<GrowthContribution> Units, GrowthContribution? Rest)
{
    // More bars than that cannot be read on a phone.
    private const int MaxBars = 12;

    /// <summary>Null: the growth is not the sum of what the units below add.</summary>
    /// <param name="below">The units below.</param>
    /// <param name="growth">The published growth in per cent; null: there is none.</param>
    /// <param name="lang">The reader's language.</param>
    public static GrowthContributions? Build(ChildUnits below, decimal? growth, Lang lang)
    {
        if (growth is not { } total || below.Indicator.GrowthUnit == GrowthUnits.Points)
        {
            return null;
        }

        var units = new List<GrowthContribution>();
        var sum = 0m;
        foreach (var row in below.Rows.Where(row => row.GrowthPoints is not null).OrderByDescending(row => row.GrowthPoints))
        {
            units.Add(new(row.Unit, row.Name, row.GrowthPoints!.Value, sum));
            sum += row.GrowthPoints.Value;
        }

        return units.Count == 0 ? null
            : new(total, units, sum == total ? null : new(null, lang.T("四舍五入尾差", "rounding"), total - sum, sum));
    }

    /// <summary>The bars of the chart: the units that move most, the others as one bar, and the rest.</summary>
    public IReadOnlyList<GrowthContribution> Bars(Lang lang)
    {
        IEnumerable<GrowthContribution> bars = Units;
        if (Units.Count > MaxBars)
        {
            var named = Units.OrderByDescending(unit => Math.Abs(unit.Points)).Take(MaxBars - 1).ToHashSet();
            var others = Units.Where(unit => !named.Contains(unit)).ToList();
            var from = 0m;
            bars = Units.Where(named.Contains)
                .Append(new(null, lang.T($"其他{others.Count}个单位", $"{others.Count} others"), others.Sum(unit => unit.Points), 0))
                .Select(bar => (bar with { From = from }, from += bar.Points).Item1).ToList();
        }

        return [.. bars, .. Rest is null ? Array.Empty<GrowthContribution>() : [Rest]];
    }

    /// <summary>The table as a file.</summary>
    public ExportTable ToTable(string name, Lang lang) => new(
        name, [lang.T("单位", "Unit"), lang.T("拉动（个百分点）", "Adds to growth (pp)"), lang.T("累计（个百分点）", "Sum so far (pp)"),
            lang.T("单位代码", "Unit code")],
        [
            .. Units.Append(Rest).OfType<GrowthContribution>()
                .Select(part => new object?[] { part.Name, part.Points, part.To, part.Unit }),
            new object?[] { TotalName(lang), Growth, Growth, null },
        ]);

    /// <summary>The name of the whole.</summary>
    public static string TotalName(Lang lang) => lang.T("公布的增幅", "Published growth");
}
