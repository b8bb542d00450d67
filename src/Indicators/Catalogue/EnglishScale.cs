using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>
/// How amounts are written in English. The report, the pages and the exports share this rule. Chinese counts in 万 and 亿; an English reader
/// counts in millions and billions. The printed figure decides the scale. The exact figure is rounded once, in the unit of the scale: 1,400
/// 万元 are 0.1亿元 and 14 million yuan. Where only the printed figure is known, it is not rounded again and gets no further digits.
/// </summary>
/// <param name="Factor">The factor for a figure in the printed unit.</param>
/// <param name="Decimals">The decimals of the result.</param>
/// <param name="Unit">The unit of the result, such as <c>billion yuan</c>.</param>
public sealed record EnglishScale(decimal Factor, int Decimals, string Unit)
{
    // The beginning of the printed unit, as indicators.csv names it in English.
    private static readonly (string Prefix, int Zeros)[] UnitPrefixes = [("100 million ", 8), ("10,000 ", 4), ("ten thousand ", 4)];

    private static readonly (string Word, int Zeros)[] Scales = [("billion ", 9), ("million ", 6), ("", 0)];

    private bool IsPrintedWhole { get; init; }

    // Nothing is 0 yuan, and not 0 million yuan.
    private string? UnitOfZero { get; init; }

    /// <summary>The common scale of the figures of a row, by the size of the first that is not zero.</summary>
    /// <param name="unitEn">The printed unit in English, as in indicators.csv.</param>
    /// <param name="decimals">The decimals of the printed figures.</param>
    /// <param name="figures">The printed figures; the first that is not zero decides.</param>
    public static EnglishScale For(string unitEn, int decimals, params decimal?[] figures)
    {
        var (prefix, zeros) = Array.Find(UnitPrefixes, count => unitEn.StartsWith(count.Prefix, StringComparison.Ordinal));
        if (prefix is null)
        {
            return new(1, decimals, unitEn) { IsPrintedWhole = decimals == 0 };
        }

        var size = Math.Abs(Array.Find(figures, figure => figure is not (null or 0)) ?? 1) * Power(zeros);
        var (word, scale) = Array.Find(Scales, scale => size >= Power(scale.Zeros));
        return new(Power(zeros) / Power(scale), Math.Max(0, decimals + scale - zeros), word + unitEn[prefix.Length..])
        {
            IsPrintedWhole = decimals == 0,
            UnitOfZero = unitEn[prefix.Length..],
        };
    }

    /// <summary>A printed figure of the row as a number, such as <c>12.19</c>.</summary>
    public string Number(decimal printed) => Format(printed * Factor);

    /// <summary>Formats a number that is already in <see cref="Unit"/>.</summary>
    public string Format(decimal scaled)
    {
        // A figure that is printed without decimals stays whole: 22 million, not 22.00 million.
        var decimals = IsPrintedWhole && decimal.IsInteger(scaled) ? 0 : Decimals;
        return scaled.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>The number of a printed figure and its unit, such as <c>12.19 billion yuan</c> and <c>96.1%</c>.</summary>
    public string Amount(decimal printed) =>
        printed == 0 && UnitOfZero is { } unit ? EnglishNoun.Count("0", unit) : EnglishNoun.Count(Number(printed), Unit);

    /// <summary>The number of an exact figure in the canonical unit, rounded once.</summary>
    public string NumberOf(decimal exact, Printing printing) =>
        Format(Rounding.HalfAwayFromZero(exact / printing.Divisor * Factor, Decimals));

    /// <summary>The same with its unit.</summary>
    public string AmountOf(decimal exact, Printing printing) =>
        exact == 0 ? Amount(0) : EnglishNoun.Count(NumberOf(exact, printing), Unit);

    /// <summary>An exact figure with its unit, at a scale of its own.</summary>
    public static string Tell(decimal exact, Printing printing) =>
        For(printing.UnitEn, printing.Decimals, Rounding.Print(exact, printing)).AmountOf(exact, printing);

    /// <summary>
    /// The English name of the unit that offices submit in, from the printed unit: 万元 of 100 million yuan is <c>10,000 yuan</c>, 人次 of
    /// ten thousand person-times is <c>person-times</c>.
    /// </summary>
    /// <param name="printedUnitEn">The printed unit in English.</param>
    /// <param name="divisor">How many submitted units make a printed one.</param>
    /// <returns>Null if the printed unit names no number that can be divided by the divisor.</returns>
    public static string? SubmittedUnit(string printedUnitEn, decimal divisor)
    {
        if (divisor == 1)
        {
            return printedUnitEn;
        }

        var (prefix, zeros) = Array.Find(UnitPrefixes, count => printedUnitEn.StartsWith(count.Prefix, StringComparison.Ordinal));
        return prefix is null ? null
            : Power(zeros) == divisor ? printedUnitEn[prefix.Length..]
            : (Power(zeros) / divisor).ToString("#,0.###### ", CultureInfo.InvariantCulture) + printedUnitEn[prefix.Length..];
    }

    private static decimal Power(int zeros) => (decimal)Math.Pow(10, zeros);
}
