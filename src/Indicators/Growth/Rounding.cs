namespace XilinIngest.Indicators;

/// <summary>Statistical rounding (四舍五入): once, at publication, half away from zero.</summary>
public static class Rounding
{
    /// <summary>Decimals of a published rate: growth, pace and completion are printed as 11.1%.</summary>
    public const int RateDecimals = 1;

    public static decimal HalfAwayFromZero(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);

    public static decimal Rate(decimal percent) => HalfAwayFromZero(percent, RateDecimals);

    /// <summary>A canonical amount in the printed unit at the printed precision.</summary>
    public static decimal Print(decimal amount, Printing printing) => HalfAwayFromZero(amount / printing.Divisor, printing.Decimals);

    /// <summary>Whether a figure that is not zero would be printed as zero.</summary>
    public static bool LeavesNothing(decimal amount, decimal divisor, int decimals) =>
        amount != 0 && HalfAwayFromZero(amount / divisor, decimals) == 0;

    /// <summary>The decimals of a canonical amount that the printed unit is too large for: none, unless nothing would be left.</summary>
    public static int CanonicalDecimals(decimal amount) => LeavesNothing(amount, 1, 0) ? WithoutTrailingZeros(amount).Scale : 0;

    /// <summary>
    /// A figure as the report tells it: cut down where the catalogue says so, and printed otherwise. What is below one multiple is told
    /// exactly, because nothing would be left of it.
    /// </summary>
    public static ReportedFigure Report(decimal amount, Printing printing)
    {
        if (printing.RoundDownTo is not { } multiple)
        {
            return new(Print(amount, printing), printing.Decimals, false);
        }

        var exact = amount / printing.Divisor;
        var cut = decimal.Truncate(exact / multiple) * multiple;
        return cut == 0 ? new(exact, Math.Max(printing.Decimals, WithoutTrailingZeros(exact).Scale), false)
            : new(cut, printing.Decimals, cut != exact);
    }

    private static decimal WithoutTrailingZeros(decimal value) => value / 1.000000000000000000000000000000m;
}

/// <summary>A figure of the report in the printed unit.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Decimals">The decimals that it is written with.</param>
/// <param name="IsCutDown">Whether the exact figure is larger in size, which the report tells as 余.</param>
public readonly record struct ReportedFigure(decimal Value, int Decimals, bool IsCutDown)
{
    /// <summary>The unit behind a cut figure: 余份, and behind a number word 万余人次.</summary>
    public static string UnitZh(string unit, bool isCutDown) =>
        !isCutDown ? unit
        : unit.Length > 0 && unit[0] is ('万' or '亿') ? $"{unit[0]}余{unit[1..]}"
        : "余" + unit;
}
