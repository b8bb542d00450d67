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

    public static Sums operator +(Sums a, Sums b) => Add(a, b, 1);

    public static Sums operator -(Sums a, Sums b) => Add(a, b, -1);

    private static Sums Add(Sums a, Sums b, int sign) => new()
    {
        Reported = a.Reported + sign * b.Reported,
        Months = a.Months + sign * b.Months,
        Month = a.Month + sign * b.Month,
        Ytds = a.Ytds + sign * b.Ytds,
        Ytd = a.Ytd + sign * b.Ytd,
        Comparables = a.Comparables + sign * b.Comparables,
        ComparableCurrent = a.ComparableCurrent + sign * b.ComparableCurrent,
        ComparableBase = a.ComparableBase + sign * b.ComparableBase,
        Substitutes = a.Substitutes + sign * b.Substitutes,
        Recordeds = a.Recordeds + sign * b.Recordeds,
        RecordedCurrent = a.RecordedCurrent + sign * b.RecordedCurrent,
        RecordedBase = a.RecordedBase + sign * b.RecordedBase,
        NewCurrent = a.NewCurrent + sign * b.NewCurrent,
        Closeds = a.Closeds + sign * b.Closeds,
        ClosedBase = a.ClosedBase + sign * b.ClosedBase,
        Numerator = a.Numerator + sign * b.Numerator,
        Denominator = a.Denominator + sign * b.Denominator,
    };
}
