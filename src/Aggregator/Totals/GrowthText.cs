using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>Describes a growth without a percentage in words, with the amount of the change in the printed unit.</summary>
internal static class GrowthText
{
    /// <param name="figures">The compared figures, exact; null: nothing is compared.</param>
    /// <param name="indicator">The indicator, with the unit that the change is printed in.</param>
    /// <returns>Null: there is a percentage, or nothing is compared.</returns>
    public static string? Zh((decimal Current, decimal Base)? figures, Indicator indicator) => Of(figures, indicator)
        ?.TellZh(Amount(figures!.Value.Current - figures.Value.Base, indicator.Printing) + indicator.Printing.UnitZh);

    /// <inheritdoc cref="Zh"/>
    public static string? En((decimal Current, decimal Base)? figures, Indicator indicator) => Of(figures, indicator)
        ?.TellEn(AmountEn(figures!.Value.Current - figures.Value.Base, indicator.Printing));

    /// <summary>A growth in a sentence, from its published figure: 增长7.6%, 下降5.6%, 与上年持平.</summary>
    /// <param name="growth">The growth in per cent.</param>
    /// <param name="number">Its digits, without a sign.</param>
    public static string PercentZh(decimal growth, string number) => growth switch
    {
        0 => "与上年持平",
        > 0 => $"增长{number}%",
        _ => $"下降{number}%",
    };

    /// <summary>The year-on-year change of a rate, from its published figure: 同比提高1.2个百分点.</summary>
    /// <param name="points">The change in percentage points.</param>
    /// <param name="number">Its digits, without a sign.</param>
    public static string RateChangeZh(decimal points, string number) => points switch
    {
        0 => "与上年持平",
        > 0 => $"同比提高{number}个百分点",
        _ => $"同比下降{number}个百分点",
    };

    /// <summary>A number of percentage points in English.</summary>
    public static string Points(string number) => EnglishNoun.Count(number, "points");

    /// <summary>The words, with the scope of the comparison where units are left out: 同口径负值扩大1.3亿元.</summary>
    public static string? WithScopeZh(string? words, UnitsLeftOut? leftOut) =>
        words is null || leftOut is null ? words : "同口径" + words;

    /// <inheritdoc cref="WithScopeZh"/>
    public static string? WithScopeEn(string? words, UnitsLeftOut? leftOut) =>
        words is null || leftOut is null ? words : "like for like: " + words;

    private static GrowthWording? Of((decimal Current, decimal Base)? figures, Indicator indicator) =>
        figures is { } compared ? GrowthWording.Of(compared.Current, compared.Base, indicator.IsProfit) : null;

    private static string AmountEn(decimal change, Printing printing)
    {
        var (amount, less) = Printed(change, printing);
        return less ? "less than " + EnglishScale.For(printing.UnitEn, printing.Decimals, amount).Amount(amount)
            : EnglishScale.Tell(Math.Abs(change), printing);
    }

    private static string Amount(decimal change, Printing printing)
    {
        var (amount, less) = Printed(change, printing);
        return (less ? "不足" : "")
            + amount.ToString("F" + printing.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // The word names the direction, and the amount the change. A change that is too small to be printed is described as less than the last
    // printed digit.
    private static (decimal Amount, bool Less) Printed(decimal change, Printing printing) =>
        Math.Abs(Rounding.Print(change, printing)) is not 0 and var amount
            ? (amount, false) : (new decimal(1, 0, 0, false, (byte)printing.Decimals), true);
}
