using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>
/// How amounts are written in English: the one rule of the report, the pages and the exports. Chinese counts in 万 and 亿; an English reader
/// counts in millions and billions.
/// The digits are those of the printed figure: it is rounded already, and is neither rounded again nor given digits it has not.
/// </summary>
/// <param name="Factor">What the printed figure is multiplied by.</param>
/// <param name="Decimals">The decimals it then has.</param>
/// <param name="Unit">The unit it then has, such as <c>billion yuan</c>.</param>
public sealed record EnglishScale(decimal Factor, int Decimals, string Unit)
{
    // The printed unit, as indicators.csv names it in English, by what it begins with.
    private static readonly (string Prefix, int Zeros)[] UnitPrefixes = [("100 million ", 8), ("10,000 ", 4), ("ten thousand ", 4)];

    private static readonly (string Word, int Zeros)[] Scales = [("billion ", 9), ("million ", 6), ("", 0)];

    /// <summary>The scale of figures that stand together, by the size of the first that is not zero.</summary>
    /// <param name="unitEn">The printed unit in English, as indicators.csv has it.</param>
    /// <param name="decimals">The decimals of the printed figures.</param>
    /// <param name="figures">The printed figures; the first that is not zero decides.</param>
    public static EnglishScale For(string unitEn, int decimals, params decimal?[] figures)
    {
        var (prefix, zeros) = Array.Find(UnitPrefixes, count => unitEn.StartsWith(count.Prefix, StringComparison.Ordinal));
        if (prefix is null)
        {
            return new(1, decimals, unitEn);
        }

        var size = Math.Abs(Array.Find(figures, figure => figure is not (null or 0)) ?? 1) * Power(zeros);
        var (word, scale) = Array.Find(Scales, scale => size >= Power(scale.Zeros));
        return new(Power(zeros) / Power(scale), Math.Max(0, decimals + scale - zeros), word + unitEn[prefix.Length..]);
    }

    /// <summary>A printed figure of the row as a number, such as <c>12.19</c>.</summary>
    public string Number(decimal printed) =>
        (printed * Factor).ToString("N" + Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>The number and its unit, such as <c>12.19 billion yuan</c>.</summary>
    public string Amount(decimal printed) => $"{Number(printed)} {Unit}";

    private static decimal Power(int zeros) => (decimal)Math.Pow(10, zeros);
}
