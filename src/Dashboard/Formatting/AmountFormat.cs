using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>
/// Exact amounts of an indicator as people read them: in the printed unit, rounded once, or exact in the canonical unit. Of a rate
/// there is nothing exact to be shown: it is printed.
/// </summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Exact">In the canonical unit, as they were submitted and added up.</param>
public sealed record AmountFormat(CatalogueIndicator Indicator, bool Exact)
{
    // A drawing is not read to the last digit, but must not make steps where there are none.
    private const int ChartDecimals = 6;

    /// <summary>Whether the printed unit is not the canonical one: 亿元 for 万元.</summary>
    public static bool HasOtherPrintedUnit(CatalogueIndicator indicator) => indicator is { Divisor: not 1, IsRatio: false };

    private bool IsCanonical => Exact && !Indicator.IsRatio;

    /// <summary>The unit's name.</summary>
    public string Unit(Lang lang) => lang.T(
        IsCanonical ? Indicator.Unit : Indicator.PrintedUnitZh,
        !IsCanonical || Indicator.Divisor == 1 ? Indicator.PrintedUnitEn : Indicator.Unit == "万元" ? "10,000 yuan" : Indicator.Unit);

    /// <summary>The number in that unit.</summary>
    public decimal? Number(decimal? amount) => amount is not { } exact ? null
        : IsCanonical ? exact
        : Rounding.HalfAwayFromZero(exact / Indicator.Divisor, Indicator.Decimals) is not 0 and var printed ? printed : 0;

    /// <summary>The number with separators; the unit stands in the heading.</summary>
    public string Text(decimal? amount) => IsCanonical ? FigureFormat.Number(amount) : Printed(Number(amount));

    /// <summary>A figure that comes printed, at its precision.</summary>
    public string Printed(decimal? number) => number?.ToString("N" + Indicator.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? FigureFormat.NoFigure;

    /// <summary>For a drawing, in the same unit.</summary>
    public decimal? ForChart(decimal? amount) => amount is not { } exact ? null : Rounding.HalfAwayFromZero(exact / (IsCanonical ? 1 : Indicator.Divisor), ChartDecimals);

    /// <summary>A published growth: per cent, or points of a rate.</summary>
    public string Growth(decimal? growth, Lang lang) => growth is not { } value ? FigureFormat.NoFigure
        : Indicator.GrowthUnit == GrowthUnits.Points ? FigureFormat.Points(value, lang)
        : FigureFormat.SignedRate(value) + "%";
}
