namespace XilinIngest.Contracts.Responses;

/// <summary>The catalogue in force.</summary>
/// <param name="Version">Identifies the content: the same content has the same version.</param>
/// <param name="Indicators">The indicators, in the report's order.</param>
/// <param name="Units">The units with their spans.</param>
public sealed record CatalogueResponse(string Version, IReadOnlyList<CatalogueIndicator> Indicators, IReadOnlyList<CatalogueUnit> Units);

/// <summary>An indicator of the catalogue in force.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Unit">The canonical unit, in which amounts are sent.</param>
/// <param name="Kind">Flow, Stock, NetIncrease, Rate or Given.</param>
/// <param name="ReportedBy">The level that reports it.</param>
/// <param name="Register">The register that a unit must be in to report it; null if there is none.</param>
/// <param name="JanuaryExempt">The years in which January is not reported; null if it always is.</param>
/// <param name="Basis">The basis of its growth: Recorded, Comparable or None.</param>
/// <param name="RankBy">The measure that siblings are ranked by: Growth, Value, Completion or None.</param>
/// <param name="Direction">HigherIsBetter or LowerIsBetter.</param>
/// <param name="MayBeNegative">Whether a figure may be below zero.</param>
/// <param name="PrintedUnitZh">The printed unit.</param>
/// <param name="PrintedUnitEn">The printed unit in English.</param>
/// <param name="Divisor">Canonical units in one printed unit.</param>
/// <param name="Decimals">The printed precision.</param>
/// <param name="Chapter">The report's chapter.</param>
/// <param name="Section">Its section.</param>
public sealed record CatalogueIndicator(
    string Code, string NameZh, string NameEn, string Unit, string Kind, string ReportedBy, string? Register,
    CatalogueExemption? JanuaryExempt, string Basis, string RankBy, string Direction,
    bool MayBeNegative, string PrintedUnitZh, string PrintedUnitEn, decimal Divisor, int Decimals, string Chapter, string Section)
{
    /// <summary>The unit of its growth, one of <see cref="GrowthUnits"/>.</summary>
    public required string GrowthUnit { get; init; }

    /// <summary>How a full-year target is compared with the year-to-date, one of <see cref="TargetMeasures"/>.</summary>
    public required string TargetMeasure { get; init; }

    /// <summary>The figures that a submission may carry and that are stored, each one of <see cref="FigureNames"/>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Whether the month's value is the state at the month's end, and not what happened in the month.</summary>
    public required bool IsAtMonthEnd { get; init; }

    /// <summary>The stages that a value may name, from 0; empty if the value is a quantity.</summary>
    public required IReadOnlyList<CatalogueStage> Stages { get; init; }

    /// <summary>The name of the register; null: it has none but its word.</summary>
    public string? RegisterZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? RegisterEn { get; init; }

    /// <summary>Whether it is a result with profits and losses. Only then do the words of a growth call it a loss.</summary>
    public bool IsProfit { get; init; }

    /// <summary>
    /// The report tells a figure cut down to a multiple of this many printed units, with 余 if something is cut off; null: it is rounded.
    /// </summary>
    public decimal? RoundDownTo { get; init; }

    /// <summary>Whether a submission may carry a figure of this name.</summary>
    public bool Has(string figure) => Fields.Contains(figure);

    /// <summary>Whether it is a quotient of two parts that a submission carries.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsRatio => Has(FigureNames.Denominator);
}

/// <summary>A stage of a milestone or a yes/no.</summary>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
public sealed record CatalogueStage(string NameZh, string NameEn);

/// <summary>Years in which January is not reported.</summary>
/// <param name="FromYear">The first.</param>
/// <param name="ToYear">The last.</param>
public sealed record CatalogueExemption(int FromYear, int ToYear);

/// <summary>A unit of the catalogue in force.</summary>
/// <param name="Code">Its code.</param>
/// <param name="NameZh">Its name.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Kind">District, Street, Village, Enterprise …</param>
/// <param name="ReportsWhole">Whether it reports its totals itself, so that no unit below it reports.</param>
/// <param name="Spans">The spans of months in which it exists.</param>
public sealed record CatalogueUnit(
    string Code, string NameZh, string NameEn, string Kind, bool ReportsWhole, IReadOnlyList<CatalogueSpan> Spans)
{
    /// <summary>The path of the partition whose ledger has its reports; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }
}

/// <summary>A span of months in which a unit exists with one parent.</summary>
/// <param name="From">The first month.</param>
/// <param name="To">The last month; null if it has no end.</param>
/// <param name="Parent">The parent's code; null for the root.</param>
/// <param name="Registers">The registers it is in.</param>
public sealed record CatalogueSpan(string From, string? To, string? Parent, IReadOnlyList<string> Registers);
