namespace XilinIngest.Indicators;

/// <summary>The figure of last year that a growth is computed from.</summary>
public enum GrowthBasis
{
    /// <summary>No growth is published.</summary>
    None,

    /// <summary>
    /// 可比口径: the figure that the same units report today for last year. If a unit reports none, its recorded figure is used and flagged.
    /// </summary>
    Comparable,

    /// <summary>Last year's stored figure.</summary>
    Recorded,
}

public enum RankBy { None, Growth, Value, Completion }

public enum Direction { HigherIsBetter, LowerIsBetter }

/// <summary>Years in which no January report is due for an indicator (1月免报); February then reports January and February together.</summary>
public readonly record struct JanuaryExemption(int FromYear, int ToYear)
{
    public bool Covers(int year) => year >= FromYear && year <= ToYear;
}

/// <summary>
/// How a figure is printed: the canonical amount ÷ <paramref name="Divisor"/>, rounded once to <paramref name="Decimals"/>.
/// </summary>
/// <param name="UnitZh">The printed unit, such as 亿元.</param>
/// <param name="UnitEn">The same in English.</param>
/// <param name="Divisor">Canonical units in one printed unit: 10,000 for 万元 printed as 亿元.</param>
/// <param name="Decimals">Decimals of the printed figure, 0 to 6.</param>
/// <param name="WithGrowth">Whether the report prints the growth rate beside the figure.</param>
/// <param name="PhraseZh">
/// The report's phrase with <c>{value}</c> for figure and unit; if empty, the name is followed by the figure.
/// </param>
/// <param name="ZeroPhraseZh">The phrase for a figure of zero, such as 零上访; if empty, zero is printed as any other figure.</param>
/// <param name="RankNameZh">The name in the sentence on ranks, if it differs; if empty, the name.</param>
public sealed record Printing(
    string UnitZh, string UnitEn, decimal Divisor, int Decimals, bool WithGrowth,
    string PhraseZh, string ZeroPhraseZh, string RankNameZh)
{
    /// <summary>
    /// The report tells a figure cut down to a multiple of this, in printed units, with 余 ("and more") if something is cut off; null: it is
    /// rounded half away from zero.
    /// </summary>
    public decimal? RoundDownTo { get; init; }
}

/// <summary>A stage of a kind that has stages.</summary>
public sealed record Stage(string NameZh, string NameEn);

/// <summary>One indicator of the catalogue: a row of <c>indicators.csv</c>.</summary>
public sealed record Indicator
{
    public required IndicatorCode Code { get; init; }
    public required string NameZh { get; init; }
    public required string NameEn { get; init; }

    /// <summary>The one unit a submission may state, such as 万元.</summary>
    public required string CanonicalUnit { get; init; }

    public required IndicatorKind Kind { get; init; }

    /// <summary>The level that reports it. All other levels are sums over these units.</summary>
    public required UnitLevel ReportedBy { get; init; }

    /// <summary>Only units of this register (such as <c>industry</c>) report it; null for every unit of the level.</summary>
    public string? Register { get; init; }

    /// <summary>The name of the register; empty: it has none but its word.</summary>
    public (string Zh, string En) RegisterName { get; init; } = ("", "");

    public JanuaryExemption? JanuaryExempt { get; init; }
    public required GrowthBasis Basis { get; init; }
    public required RankBy RankBy { get; init; }
    public required Direction Direction { get; init; }

    /// <summary>Whether a month's value may be below zero.</summary>
    public bool MayBeNegative { get; init; }

    /// <summary>Whether it is a result with profits and losses. Only then do the words of a growth call it a loss.</summary>
    public bool IsProfit { get; init; }

    /// <summary>The stages of a milestone, from 0; empty for other kinds.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [];

    public required Printing Printing { get; init; }

    /// <summary>
    /// How a unit of a level prints it. A printed unit that is made for a street leaves a village 0.1亿元 and cuts its counts down, so below
    /// the street figures are whole in the canonical unit.
    /// </summary>
    public Printing PrintingAt(UnitLevel level) =>
        level <= UnitLevel.Street || Kind.IsRatio || Printing is { Divisor: 1, RoundDownTo: null } ? Printing
        : InCanonicalUnit(Printing.Divisor == 1 ? Printing.Decimals : 0);

    /// <summary>
    /// How a unit of a level prints a figure. A figure that is not zero is never printed as zero: what is too small for the printed unit is
    /// told in the canonical one.
    /// </summary>
    public Printing PrintingAt(UnitLevel level, decimal? figure)
    {
        var printing = PrintingAt(level);
        return figure is not { } exact || Kind.IsRatio || printing.RoundDownTo is not null
            || !Rounding.LeavesNothing(exact, printing.Divisor, printing.Decimals) ? printing
            : InCanonicalUnit(Rounding.CanonicalDecimals(exact));
    }

    private Printing InCanonicalUnit(int decimals) => Printing with
    {
        UnitZh = Printing.Divisor == 1 ? Printing.UnitZh : CanonicalUnit,
        UnitEn = EnglishScale.SubmittedUnit(Printing.UnitEn, Printing.Divisor) ?? CanonicalUnit,
        Decimals = decimals,
        Divisor = 1,
        RoundDownTo = null,
    };

    public required string Chapter { get; init; }
    public required string Section { get; init; }

    /// <summary>The row's position in the catalogue, from 0; also the order in the report and the index in the cube.</summary>
    public required int Order { get; init; }

    /// <summary>Whether a report is due for this month: false in an exempt January.</summary>
    public bool IsDueIn(Period period) => period.Month != 1 || JanuaryExempt?.Covers(period.Year) != true;
}
