namespace XilinIngest.Contracts.Responses;

/// <summary>
/// The report of a unit and month: its paragraph, a row per indicator, and the growth rates in the first three of the siblings.
/// </summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Period">The month up to which the year is reported.</param>
/// <param name="ParagraphZh">The paragraph in Chinese, a line per section.</param>
/// <param name="ParagraphEn">The same in English.</param>
/// <param name="Rows">In catalogue order.</param>
/// <param name="TopThree">
/// Codes of the indicators whose growth ranks in the first three of the siblings, if the ranking is complete or final and has more than
/// three units.
/// </param>
public sealed record AnnualReport(
    string Unit, string Period, string ParagraphZh, string ParagraphEn, IReadOnlyList<ReportRow> Rows, IReadOnlyList<string> TopThree)
{
    /// <summary>Whether all figures are final; until then, those of a whole year are what is expected (预计).</summary>
    public bool IsFinal { get; init; }
}

/// <summary>
/// One indicator of the report. Figures are printed ones: rounded, in the printed unit; below a street, whole in the canonical unit.
/// </summary>
public sealed record ReportRow
{
    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>Its name.</summary>
    public required string NameZh { get; init; }

    /// <summary>Its name in English.</summary>
    public required string NameEn { get; init; }

    /// <summary>The printed unit.</summary>
    public required string UnitZh { get; init; }

    /// <summary>
    /// The English name of the printed unit, such as <c>100 million yuan</c>; the phrase counts in millions and billions.
    /// </summary>
    public required string UnitEn { get; init; }

    /// <summary>The decimals of the year-to-date: the printed precision, or more if a figure is too small to be cut down.</summary>
    public required int Decimals { get; init; }

    /// <summary>Flow, Stock, Rate …, as in the catalogue.</summary>
    public required string Kind { get; init; }

    /// <summary>The unit of its growth, one of <see cref="GrowthUnits"/>.</summary>
    public required string GrowthUnit { get; init; }

    /// <summary>How a full-year target is compared with the year-to-date, one of <see cref="TargetMeasures"/>.</summary>
    public required string TargetMeasure { get; init; }

    /// <summary>The year-to-date, printed.</summary>
    public decimal? YearToDate { get; init; }

    /// <summary>Whether <see cref="YearToDate"/> is cut down, so that the exact figure is larger in size: 25万余人次.</summary>
    public bool IsCutDown { get; init; }

    /// <summary>The exact figure in the printed unit, where the year-to-date is cut down; otherwise null.</summary>
    public decimal? Uncut { get; init; }

    /// <summary>The year-to-date and its unit, such as 59.9亿元; absent without a figure.</summary>
    public string? AmountZh { get; init; }

    /// <summary>The same in English, which counts in millions and billions: 5.99 billion yuan.</summary>
    public string? AmountEn { get; init; }

    /// <summary>The base that the growth was computed from, printed.</summary>
    public decimal? Base { get; init; }

    /// <summary>The same as a number in English, in the unit of <see cref="AmountEn"/>.</summary>
    public string? BaseEn { get; init; }

    /// <summary>The figures that the growth was computed from, printed; null if nothing is compared.</summary>
    public GrowthComparison? Comparison { get; init; }

    /// <summary>The comparison as text: 可比口径，与1.05亿元比；3家未计入（新增2家、无基数1家）. Absent if nothing is compared.</summary>
    public string? ComparisonZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? ComparisonEn { get; init; }

    /// <summary>Per cent, or percentage points for a rate.</summary>
    public decimal? Growth { get; init; }

    /// <summary>As in the published total.</summary>
    public GrowthWords? GrowthWords { get; init; }

    /// <summary>
    /// With <see cref="GrowthWords"/>: the change against the base, below zero if it fell; 0 if it is below the printed precision.
    /// </summary>
    public decimal? GrowthAmount { get; init; }

    /// <summary>
    /// Change of the growth (or of a rate) against the month before, in percentage points, from the published rates. Absent while either
    /// month is provisional, because the two rates would cover different units.
    /// </summary>
    public decimal? GrowthChange { get; init; }

    /// <summary>The growth word and its amount as text, such as 减亏0.5亿元; absent if there is a percentage.</summary>
    public string? GrowthZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? GrowthEn { get; init; }

    /// <summary>Per cent of growth (percentage points for a rate), or a full-year amount in the printed unit.</summary>
    public decimal? Target { get; init; }

    /// <summary><c>growth</c> or <c>amount</c>.</summary>
    public TargetType? TargetKind { get; init; }

    /// <summary>Percentage points ahead (+) or behind (−): growth less target, or pace (时序进度) for an amount.</summary>
    public decimal? Gap { get; init; }

    /// <summary><c>green</c>, <c>amber</c> or <c>red</c>; absent without a target or until the month is complete.</summary>
    public TargetColour? Colour { get; init; }

    /// <summary>For a milestone and a yes/no: how many units are at each stage, from stage 0.</summary>
    public IReadOnlyList<int>? Stages { get; init; }

    /// <summary>
    /// For a milestone and a yes/no of a parent: how many of its units have never reported a stage; null if the unit reports itself.
    /// </summary>
    public int? UnitsWithoutStage { get; init; }

    /// <summary>For a milestone with a target: the stage that is planned for the month.</summary>
    public int? PlannedStage { get; init; }

    /// <summary>For a milestone with a target: how many units are behind the plan.</summary>
    public int? UnitsBehind { get; init; }

    /// <summary>Rank among the siblings, by the indicator's ranking measure.</summary>
    public int? Rank { get; init; }

    /// <summary>The number of ranked siblings.</summary>
    public int? Ranked { get; init; }

    /// <summary>Its rank in the month before.</summary>
    public int? PreviousRank { get; init; }

    /// <summary>
    /// <c>provisional</c> (the rank may change with reports that are missing), <c>complete</c> or <c>final</c> (the month is locked).
    /// </summary>
    public ResultState? RankingState { get; init; }

    /// <summary>n of "n of m reported".</summary>
    public required int Reported { get; init; }

    /// <summary>m.</summary>
    public required int Expected { get; init; }

    /// <summary><c>provisional</c>, <c>complete</c> or <c>final</c>.</summary>
    public required ResultState State { get; init; }

    /// <summary>The report's chapter.</summary>
    public required string Chapter { get; init; }

    /// <summary>Its section.</summary>
    public required string Section { get; init; }

    /// <summary>Its phrase in the paragraph.</summary>
    public required string PhraseZh { get; init; }

    /// <summary>The same in English.</summary>
    public required string PhraseEn { get; init; }

    /// <summary>
    /// Its statement in the report by sections: the figure, and by how much it rose or fell (固定资产投资24.3亿元，增长6.4%), whether or not the
    /// catalogue prints its growth in the paragraph. Absent without a figure, and for a zero that says nothing.
    /// </summary>
    public string? StatementZh { get; init; }

    /// <summary>The same in English.</summary>
    public string? StatementEn { get; init; }
}
