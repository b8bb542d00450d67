using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Overview;

/// <summary>Names the units that pull a growth down: by percentage points, or by amount where the growth is in words.</summary>
internal static class ShortfallCauses
{
    /// <summary>What the units below did: 拖累增幅：.</summary>
    public static string Lead(TargetShortfall shortfall, Lang lang) => HasPoints(shortfall)
        ? lang.T("拖累增幅：", "Pulling the growth down: ") : lang.T("减少最多：", "Largest falls: ");

    /// <summary>The unit and what it takes: 东岱村 −1.2, 东岱村 −1330万元.</summary>
    public static string Describe(TargetShortfall shortfall, ShortfallCause cause, CatalogueView catalogue, Lang lang) =>
        $"{catalogue.UnitName(cause.Unit, lang)} "
            + (cause.Points is { } points ? FigureFormat.SignedRate(points) : "−" + Fall(shortfall, cause, catalogue, lang));

    /// <summary>The unit of the points; empty where each amount has its own.</summary>
    public static string Tail(TargetShortfall shortfall, Lang lang) =>
        HasPoints(shortfall) ? lang.T("（个百分点）", " (pp)") : "";

    /// <summary>The same in a sentence of the report: 东岱村（拉低增幅1.2个百分点）, 东岱村（减少1330万元）.</summary>
    public static string InSentence(TargetShortfall shortfall, ShortfallCause cause, CatalogueView catalogue, Lang lang)
    {
        var name = catalogue.UnitName(cause.Unit, lang);
        if (cause.Points is { } points)
        {
            return lang.T(
                $"{name}（拉低增幅{FigureFormat.Rate(-points)}个百分点）", $"{name} ({FigureFormat.SignedRate(points)} pp)");
        }

        var by = Fall(shortfall, cause, catalogue, lang);
        return lang.T($"{name}（减少{by}）", $"{name} (down {by})");
    }

    private static bool HasPoints(TargetShortfall shortfall) => shortfall.Causes.Any(cause => cause.Points is not null);

    // An amount that the printed unit of a street leaves nothing of has a smaller one.
    private static string Fall(TargetShortfall shortfall, ShortfallCause cause, CatalogueView catalogue, Lang lang) =>
        catalogue.Indicator(shortfall.Indicator) is { } indicator && cause.Amount is { } amount
            ? AmountFormat.ForLevel(indicator, isBelowStreet: false, exact: false).WithUnit(Math.Abs(amount), lang) : FigureFormat.NoFigure;
}
