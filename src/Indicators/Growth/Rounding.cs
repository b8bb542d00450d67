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
}
