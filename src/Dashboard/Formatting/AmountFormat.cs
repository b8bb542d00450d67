using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>
/// Writes exact amounts of an indicator: in the printed unit and rounded once, or exact in the canonical unit. A rate is always printed,
/// since it has no exact amount. English readers get millions and billions, by <see cref="EnglishScale"/>.
/// </summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Exact">In the canonical unit, as they were submitted and added up.</param>
public sealed record AmountFormat(CatalogueIndicator Indicator, bool Exact)
{
    // Enough digits for a smooth line in a chart.
    private const int ChartDecimals = 6;

    private EnglishScale? Scale { get; init; }

    /// <summary>Whether the printed unit is not the canonical one: 亿元 for 万元.</summary>
    public static bool HasOtherPrintedUnit(CatalogueIndicator indicator) => indicator is { Divisor: not 1, IsRatio: false };

    private bool IsCanonical => Exact && !Indicator.IsRatio;

    private string UnitEn =>
        IsCanonical ? EnglishScale.SubmittedUnit(Indicator.PrintedUnitEn, Indicator.Divisor) ?? Indicator.Unit : Indicator.PrintedUnitEn;

    /// <summary>The same for figures that stand together: an English reader gets one scale for all, that of the largest.</summary>
    public AmountFormat ScaledFor(Lang lang, params IEnumerable<decimal?> amounts)
    {
        if (!lang.English || Indicator.IsRatio)
        {
            return this;
        }

        var largest = amounts.Select(amount => Math.Abs((this with { Scale = null }).Number(amount) ?? 0)).DefaultIfEmpty(0).Max();
        return this with { Scale = EnglishScale.For(UnitEn, Indicator.Decimals, largest) };
    }

    /// <summary>The unit's name.</summary>
    public string Unit(Lang lang) => lang.T(IsCanonical ? Indicator.Unit : Indicator.PrintedUnitZh, Scale?.Unit ?? UnitEn);

    /// <summary>The number in that unit.</summary>
    public decimal? Number(decimal? amount) => amount is not { } exact ? null
        : IsCanonical ? Scaled(exact)
        : Rounding.HalfAwayFromZero(exact / Indicator.Divisor, Indicator.Decimals) is not 0 and var printed ? Scaled(printed)
        : 0;

    /// <summary>The number with separators; the unit stands in the heading.</summary>
    public string Text(decimal? amount) => IsCanonical ? FigureFormat.Number(Number(amount)) : WithDecimals(Number(amount));

    /// <summary>The number with its unit, at the scale of its own size.</summary>
    public string WithUnit(decimal? amount, Lang lang)
    {
        var own = ScaledFor(lang, amount);
        return own.Text(amount) + lang.T("", " ") + own.Unit(lang);
    }

    /// <summary>A figure that comes printed, with its unit.</summary>
    public string Printed(decimal number, Lang lang) =>
        Indicator.IsRatio ? WithDecimals(number) + "%"
        : lang.English ? EnglishScale.For(Indicator.PrintedUnitEn, Indicator.Decimals, number).Amount(number)
        : WithDecimals(number) + Indicator.PrintedUnitZh;

    /// <summary>For a chart, in the same unit.</summary>
    public decimal? ForChart(decimal? amount) =>
        amount is not { } exact ? null : Scaled(Rounding.HalfAwayFromZero(exact / (IsCanonical ? 1 : Indicator.Divisor), ChartDecimals));

    /// <summary>A published growth: per cent, or points of a rate.</summary>
    public string Growth(decimal? growth, Lang lang) => growth is not { } value ? FigureFormat.NoFigure
        : Indicator.GrowthUnit == GrowthUnits.Points ? FigureFormat.Points(value, lang)
        : FigureFormat.SignedRate(value) + "%";

    private decimal Scaled(decimal number) => Scale is null ? number : number * Scale.Factor;

    private string WithDecimals(decimal? number) =>
        number is not { } scaled ? FigureFormat.NoFigure
        : Scale?.Format(scaled)
            ?? scaled.ToString("N" + Indicator.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
