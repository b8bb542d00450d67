using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>
/// Formats the exact amounts of an indicator: rounded once in the printed unit, or exact in the canonical unit. A rate is always rounded,
/// because it has no exact amount. English text uses millions and billions, by <see cref="EnglishScale"/>.
/// </summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Exact">Whether to show exact amounts in the canonical unit, as submitted and added up.</param>
public sealed record AmountFormat(CatalogueIndicator Indicator, bool Exact)
{
    // Enough digits for a smooth line in a chart.
    private const int ChartDecimals = 6;

    private EnglishScale? Scale { get; init; }

    /// <summary>
    /// Whether amounts are printed in another unit than the canonical one, such as 亿元 for 万元. A figure that the report cuts down (余) is
    /// told so in words alone; among others of its kind it is exact.
    /// </summary>
    public static bool HasOtherPrintedUnit(CatalogueIndicator indicator) =>
        indicator is { Divisor: not 1, IsRatio: false, RoundDownTo: null };

    /// <summary>
    /// The format for a unit of some level. A printed unit that is made for a street leaves a village 0.1亿元, so below the street amounts
    /// are whole in the canonical unit.
    /// </summary>
    public static AmountFormat ForLevel(CatalogueIndicator indicator, bool isBelowStreet, bool exact) =>
        new(isBelowStreet && HasOtherPrintedUnit(indicator) ? indicator with
        {
            PrintedUnitZh = indicator.Unit,
            PrintedUnitEn = EnglishScale.SubmittedUnit(indicator.PrintedUnitEn, indicator.Divisor) ?? indicator.Unit,
            Divisor = 1,
            Decimals = 0,
        } : indicator, exact);

    private bool IsCanonical => (Exact || Indicator.RoundDownTo is not null) && !Indicator.IsRatio;

    private string UnitEn =>
        IsCanonical ? EnglishScale.SubmittedUnit(Indicator.PrintedUnitEn, Indicator.Divisor) ?? Indicator.Unit : Indicator.PrintedUnitEn;

    /// <summary>A format for figures of one table or chart. In English, all of them use the scale of the largest.</summary>
    public AmountFormat ScaledFor(Lang lang, params IEnumerable<decimal?> amounts)
    {
        if (!lang.English || Indicator.IsRatio)
        {
            return this;
        }

        var plain = this with { Scale = null };
        var largest = amounts.Select(amount => Math.Abs(plain.Number(amount) ?? 0)).DefaultIfEmpty(0).Max();
        return this with { Scale = EnglishScale.For(UnitEn, Indicator.Decimals, largest) };
    }

    /// <summary>The unit's name.</summary>
    public string Unit(Lang lang) => lang.T(IsCanonical ? Indicator.Unit : Indicator.PrintedUnitZh, Scale?.Unit ?? UnitEn);

    /// <summary>The number in that unit, rounded once; exact if nothing would be left of it.</summary>
    public decimal? Number(decimal? amount) => amount is not { } exact ? null
        : exact == 0 ? 0
        : IsCanonical ? Scaled(exact)
        : LeavesNothing(amount) ? exact / PrintedDivisor
        : Rounding.HalfAwayFromZero(exact / PrintedDivisor, PrintedDecimals);

    /// <summary>The number with separators and without its unit, which the heading contains.</summary>
    public string Text(decimal? amount) => IsCanonical ? FigureFormat.Number(Number(amount)) : WithDecimals(Number(amount));

    /// <summary>The same for a cell of a table. What is too small for the heading's unit has its own beside it: 472万元 among 亿元.</summary>
    public string Cell(decimal? amount, Lang lang) => LeavesNothing(amount) ? WithUnit(amount, lang) : Text(amount);

    /// <summary>The number with its unit, at a scale that depends on its size.</summary>
    public string WithUnit(decimal? amount, Lang lang)
    {
        if ((this with { Scale = null }).LeavesNothing(amount) && amount is { } small)
        {
            // In English, with the digits that the report has.
            var (canonical, decimals) = (this with { Exact = true }, Rounding.CanonicalDecimals(small));
            var rounded = Rounding.HalfAwayFromZero(small, decimals);
            return lang.English
                ? EnglishScale.For(canonical.UnitEn, decimals, rounded).Amount(rounded) : canonical.WithUnit(rounded, lang);
        }

        var own = ScaledFor(lang, amount);
        return lang.English ? EnglishNoun.Count(own.Text(amount), own.Unit(lang)) : own.Text(amount) + own.Unit(lang);
    }

    /// <summary>The number for a chart, in the same unit.</summary>
    public decimal? ForChart(decimal? amount) =>
        amount is not { } exact ? null : Scaled(Rounding.HalfAwayFromZero(exact / (IsCanonical ? 1 : Indicator.Divisor), ChartDecimals));

    /// <summary>A published growth, in per cent or in points of a rate.</summary>
    public string Growth(decimal? growth, Lang lang) => growth is not { } value ? FigureFormat.NoFigure
        : Indicator.GrowthUnit == GrowthUnits.Points ? FigureFormat.Points(value, lang)
        : FigureFormat.SignedRate(value) + "%";

    private decimal PrintedDivisor => Indicator.Divisor / (Scale?.Factor ?? 1);

    private int PrintedDecimals => Scale?.Decimals ?? Indicator.Decimals;

    private bool LeavesNothing(decimal? amount) =>
        amount is { } exact && !IsCanonical && !Indicator.IsRatio && Rounding.LeavesNothing(exact, PrintedDivisor, PrintedDecimals);

    private decimal Scaled(decimal number) => Scale is null ? number : number * Scale.Factor;

    private string WithDecimals(decimal? number) =>
        number is not { } scaled ? FigureFormat.NoFigure
        : Scale is { } scale ? FigureFormat.WithMinus(scale.Format(scaled))
        : scaled.ToString("N" + Indicator.Decimals.ToString(CultureInfo.InvariantCulture), FigureFormat.Signs);
}
