using System.Runtime.CompilerServices;

namespace XilinIngest.Indicators;

/// <summary>
/// The sums over reporting units for one indicator and month. Every field is a plain sum over those units, so that a parent is updated by
/// adding and subtracting, and a growth is always computed from sums. The sums of a single unit are its contribution. It is mutable,
/// because it is updated in place in an array of millions; copies would cost more than the addition.
/// </summary>
public record struct Sums
{
    /// <summary>Units that have reported this month and every due month before it in the year: n of "n of m".</summary>
    public int Reported { readonly get; set; }

    /// <summary>Units with a value for this very month, and their sum.</summary>
    public int MonthCount { readonly get; set; }
    public decimal Month { readonly get; set; }

    /// <summary>Units with any year-to-date, whole or not, and their sum (a stock's is its latest value).</summary>
    public int YtdCount { readonly get; set; }
    public decimal Ytd { readonly get; set; }

    /// <summary>
    /// Comparable basis: units that have a base, their year-to-date and their base, and how many of the bases are recorded ones used as
    /// substitutes.
    /// </summary>
    public int ComparableCount { readonly get; set; }
    public decimal ComparableCurrent { readonly get; set; }
    public decimal ComparableBase { readonly get; set; }
    public int Substitutes { readonly get; set; }

    /// <summary>Recorded basis: units with a complete year-to-date in both years.</summary>
    public int RecordedCount { readonly get; set; }
    public decimal RecordedCurrent { readonly get; set; }
    public decimal RecordedBase { readonly get; set; }

    /// <summary>
    /// Recorded basis: the year-to-date of units that did not report a year before, whose base is zero, and this year's figures of closed
    /// units.
    /// </summary>
    public decimal NewCurrent { readonly get; set; }

    /// <summary>The units that did not report a year before, and those of them that report no base of their own either.</summary>
    public int NewCount { readonly get; set; }
    public int NewWithoutBaseCount { readonly get; set; }

    /// <summary>Units whose year-to-date lacks a due month, or whose stock is of an earlier month. They are not compared.</summary>
    public int Incomplete { readonly get; set; }

    /// <summary>
    /// Units that no longer report and count in this year or in last year's; and those of them whose part of this year is not compared.
    /// </summary>
    public int ClosedCount { readonly get; set; }
    public int ClosedUncomparedCount { readonly get; set; }

    /// <summary>Recorded basis: units that no longer report. Their base still counts.</summary>
    public int ClosedBaseCount { readonly get; set; }
    public decimal ClosedBase { readonly get; set; }

    /// <summary>For a rate: the sum over all units that reported the month.</summary>
    public decimal Numerator { readonly get; set; }
    public decimal Denominator { readonly get; set; }

    /// <summary>For a kind with stages: how many units are at each stage.</summary>
    public StageTally? Stages { readonly get; set; }

    /// <summary>Adds a contribution, or a difference of two.</summary>
    public void Add(in Sums other)
    {
        Reported += other.Reported;
        MonthCount += other.MonthCount;
        Month = Plus(Month, other.Month);
        YtdCount += other.YtdCount;
        Ytd = Plus(Ytd, other.Ytd);
        ComparableCount += other.ComparableCount;
        ComparableCurrent = Plus(ComparableCurrent, other.ComparableCurrent);
        ComparableBase = Plus(ComparableBase, other.ComparableBase);
        Substitutes += other.Substitutes;
        RecordedCount += other.RecordedCount;
        RecordedCurrent = Plus(RecordedCurrent, other.RecordedCurrent);
        RecordedBase = Plus(RecordedBase, other.RecordedBase);
        NewCurrent = Plus(NewCurrent, other.NewCurrent);
        NewCount += other.NewCount;
        NewWithoutBaseCount += other.NewWithoutBaseCount;
        Incomplete += other.Incomplete;
        ClosedCount += other.ClosedCount;
        ClosedUncomparedCount += other.ClosedUncomparedCount;
        ClosedBaseCount += other.ClosedBaseCount;
        ClosedBase = Plus(ClosedBase, other.ClosedBase);
        Numerator = Plus(Numerator, other.Numerator);
        Denominator = Plus(Denominator, other.Denominator);
        Stages = StageTally.Add(Stages, other.Stages);
    }

    public static Sums operator +(Sums a, in Sums b)
    {
        a.Add(b);
        return a;
    }

    public static Sums operator -(Sums a, in Sums b)
    {
        a.Subtract(b);
        return a;
    }

    /// <summary>Subtracts a contribution.</summary>
    public void Subtract(in Sums other)
    {
        Reported -= other.Reported;
        MonthCount -= other.MonthCount;
        Month = Minus(Month, other.Month);
        YtdCount -= other.YtdCount;
        Ytd = Minus(Ytd, other.Ytd);
        ComparableCount -= other.ComparableCount;
        ComparableCurrent = Minus(ComparableCurrent, other.ComparableCurrent);
        ComparableBase = Minus(ComparableBase, other.ComparableBase);
        Substitutes -= other.Substitutes;
        RecordedCount -= other.RecordedCount;
        RecordedCurrent = Minus(RecordedCurrent, other.RecordedCurrent);
        RecordedBase = Minus(RecordedBase, other.RecordedBase);
        NewCurrent = Minus(NewCurrent, other.NewCurrent);
        NewCount -= other.NewCount;
        NewWithoutBaseCount -= other.NewWithoutBaseCount;
        Incomplete -= other.Incomplete;
        ClosedCount -= other.ClosedCount;
        ClosedUncomparedCount -= other.ClosedUncomparedCount;
        ClosedBaseCount -= other.ClosedBaseCount;
        ClosedBase = Minus(ClosedBase, other.ClosedBase);
        Numerator = Minus(Numerator, other.Numerator);
        Denominator = Minus(Denominator, other.Denominator);
        Stages = StageTally.Subtract(Stages, other.Stages);
    }

    // Most of the ten summands are usually default, and adding zero to a decimal costs as much as any other addition.
    private static decimal Plus(in decimal a, in decimal b) => IsDefault(b) ? a : a + b;

    private static decimal Minus(in decimal a, in decimal b) => IsDefault(b) ? a : a - b;

    // A zero with decimals, such as 0.00, is not default: it is added, which changes no figure.
    private static bool IsDefault(in decimal value) => Unsafe.BitCast<decimal, UInt128>(value) == UInt128.Zero;
}
