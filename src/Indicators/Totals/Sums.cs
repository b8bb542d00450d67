namespace XilinIngest.Indicators;

/// <summary>
/// What reporting units add up to for one indicator and month. Every field is a plain sum over those units, so that a
/// parent is kept by adding and subtracting, and a growth is always taken from sums. A single unit's is its contribution.
/// </summary>
public readonly record struct Sums
{
    /// <summary>Units that have reported this month and all that was due before it in the year: n of "n of m".</summary>
    public int Reported { get; init; }

    /// <summary>Units with a value for this very month, and their sum.</summary>
    public int Months { get; init; }
    public decimal Month { get; init; }

    /// <summary>Units with any year-to-date, whole or not, and their sum (a stock's is its latest value).</summary>
    public int Ytds { get; init; }
    public decimal Ytd { get; init; }

    /// <summary>Comparable basis: units that have a base, their year-to-date and their base, and how many bases are recorded ones standing in.</summary>
    public int Comparables { get; init; }
    public decimal ComparableCurrent { get; init; }
    public decimal ComparableBase { get; init; }
    public int Substitutes { get; init; }

    /// <summary>Recorded basis: units whole in both years.</summary>
    public int Recordeds { get; init; }
    public decimal RecordedCurrent { get; init; }
    public decimal RecordedBase { get; init; }

    /// <summary>Recorded basis: units that did not report a year before, whose base is nothing, and what closed ones did this year.</summary>
    public decimal NewCurrent { get; init; }

    /// <summary>Recorded basis: units that report no more; their base still counts.</summary>
    public int Closeds { get; init; }
    public decimal ClosedBase { get; init; }

    /// <summary>For a rate: of all that reported the month.</summary>
    public decimal Numerator { get; init; }
    public decimal Denominator { get; init; }

    public static Sums operator +(in Sums a, in Sums b) => new()
    {
        Reported = a.Reported + b.Reported,
        Months = a.Months + b.Months,
        Month = Plus(a.Month, b.Month),
        Ytds = a.Ytds + b.Ytds,
        Ytd = Plus(a.Ytd, b.Ytd),
        Comparables = a.Comparables + b.Comparables,
        ComparableCurrent = Plus(a.ComparableCurrent, b.ComparableCurrent),
        ComparableBase = Plus(a.ComparableBase, b.ComparableBase),
        Substitutes = a.Substitutes + b.Substitutes,
        Recordeds = a.Recordeds + b.Recordeds,
        RecordedCurrent = Plus(a.RecordedCurrent, b.RecordedCurrent),
        RecordedBase = Plus(a.RecordedBase, b.RecordedBase),
        NewCurrent = Plus(a.NewCurrent, b.NewCurrent),
        Closeds = a.Closeds + b.Closeds,
        ClosedBase = Plus(a.ClosedBase, b.ClosedBase),
        Numerator = Plus(a.Numerator, b.Numerator),
        Denominator = Plus(a.Denominator, b.Denominator),
    };

    public static Sums operator -(in Sums a, in Sums b) => new()
    {
        Reported = a.Reported - b.Reported,
        Months = a.Months - b.Months,
        Month = Minus(a.Month, b.Month),
        Ytds = a.Ytds - b.Ytds,
        Ytd = Minus(a.Ytd, b.Ytd),
        Comparables = a.Comparables - b.Comparables,
        ComparableCurrent = Minus(a.ComparableCurrent, b.ComparableCurrent),
        ComparableBase = Minus(a.ComparableBase, b.ComparableBase),
        Substitutes = a.Substitutes - b.Substitutes,
        Recordeds = a.Recordeds - b.Recordeds,
        RecordedCurrent = Minus(a.RecordedCurrent, b.RecordedCurrent),
        RecordedBase = Minus(a.RecordedBase, b.RecordedBase),
        NewCurrent = Minus(a.NewCurrent, b.NewCurrent),
        Closeds = a.Closeds - b.Closeds,
        ClosedBase = Minus(a.ClosedBase, b.ClosedBase),
        Numerator = Minus(a.Numerator, b.Numerator),
        Denominator = Minus(a.Denominator, b.Denominator),
    };

    // Most of the ten are nothing most of the time, and adding nothing to a decimal costs as much as adding something.
    private static decimal Plus(decimal a, decimal b) => b == 0 ? a : a + b;

    private static decimal Minus(decimal a, decimal b) => b == 0 ? a : a - b;
}
