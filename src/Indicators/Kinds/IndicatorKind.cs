namespace XilinIngest.Indicators;

/// <summary>
/// The behaviour that depends on an indicator's kind. Each kind is one sealed type in a file of its own; <see cref="IndicatorKinds"/> lists
/// them. All other code asks the kind and never compares it with a particular one.
/// </summary>
public abstract class IndicatorKind
{
    private protected IndicatorKind(string name, string catalogueWord) => (Name, CatalogueWord) = (name, catalogueWord);

    /// <summary>The name that clients see, such as <c>NetIncrease</c>.</summary>
    public string Name { get; }

    /// <summary>The word in <c>indicators.csv</c> and <c>rules.csv</c>, such as <c>net_increase</c>.</summary>
    public string CatalogueWord { get; }

    public sealed override string ToString() => Name;

    /// <summary>The fields that a submission may carry.</summary>
    public abstract FigureFields Fields { get; }

    /// <summary>The fields that a report of a month must have.</summary>
    public virtual FigureFields RequiredFields => FigureFields.Value;

    /// <summary>Fields that a submission may carry but that are not stored, because other fields determine them.</summary>
    public virtual FigureFields DerivedFields => FigureFields.None;

    /// <summary>Whether the month's value is the state at the month's end, and not what happened in the month.</summary>
    public virtual bool IsAtMonthEnd => false;

    /// <summary>
    /// Whether the year-to-date is the sum of the months. If so, a submission may carry it, and January may be reported with February.
    /// </summary>
    public bool AddsMonths => (Fields & FigureFields.YearToDate) != 0;

    /// <summary>Whether the month's value is a quotient of two parts that the submission carries.</summary>
    public bool IsRatio => (RequiredFields & FigureFields.Denominator) != 0;

    /// <summary>Whether a month without a report keeps the value of the month before.</summary>
    public virtual bool KeepsLatest => false;

    /// <summary>Whether a growth may be published.</summary>
    public virtual bool AllowsGrowth => true;

    /// <summary>Whether <c>indicators.csv</c> names the stages.</summary>
    public virtual bool HasNamedStages => false;

    /// <summary>The stages that a value may name, from 0; empty if the value is a quantity.</summary>
    public virtual IReadOnlyList<Stage> StagesOf(Indicator indicator) => [];

    /// <summary>Whether a parent's figure is computed from its units; otherwise each unit reports its own.</summary>
    public virtual bool IsSummedByParents => true;

    /// <summary>The unit of a growth.</summary>
    public virtual GrowthUnit GrowthUnit => GrowthUnit.Percent;

    /// <summary>How a full-year target is compared with the year-to-date.</summary>
    public virtual TargetMeasure TargetMeasure => TargetMeasure.Pace;

    /// <summary>Whether a full-year target may be zero or negative regardless of the direction.</summary>
    public virtual bool AllowsAnyTarget => false;

    /// <summary>The fault of a full-year target by rules of this kind; null if there is none.</summary>
    public virtual (string Zh, string En)? TargetFault(Indicator indicator, decimal value) => null;

    /// <summary>The stage that a target requires for a month; null if the kind has no such plan.</summary>
    public virtual int? StagePlannedFor(Target target, int month) => null;

    /// <summary>How many units are behind a plan that applies to each of them; null if there is no such plan.</summary>
    public virtual int? UnitsBehind(StageCounts? stages, Target target, int month) => null;

    /// <summary>A total in words, if a number and its unit cannot express it; otherwise null.</summary>
    public virtual (string Zh, string En)? FigureText(Indicator indicator, StageCounts stages) => null;

    /// <summary>The report's phrase; null if the catalogue's phrase with number, unit and growth is used.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="stages">The stages.</param>
    /// <param name="counted">The level of the units that a parent counts; null: they are of several levels.</param>
    /// <param name="target">The target; null: there is none.</param>
    /// <param name="month">The month.</param>
    public virtual (string Zh, string En)? PhraseText(
        Indicator indicator, StageCounts stages, UnitLevel? counted, Target? target, int month) => null;

    /// <summary>
    /// The text of an alert on a full-year target, after the name of the indicator; null if the alert gives completion and pace.
    /// </summary>
    public virtual (string Zh, string En)? ProgressText(
        Indicator indicator, StageCounts? stages, UnitLevel? counted, Target target, int month) => null;

    /// <summary>Which results of a year use a node's figures of the year before, in addition to the sums of its units.</summary>
    public virtual LookBack LookBack => LookBack.None;

    /// <summary>The year-to-date of a unit, and whether every due month in it was reported.</summary>
    public abstract (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months);

    /// <summary>Exactly the months whose reports are part of a unit's year-to-date.</summary>
    public virtual IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months) =>
        months.Current.HasValue ? [months.Period] : [];

    /// <summary>
    /// The months whose reports are the base or the start of the year-to-date. Bases that a report carries itself are not included.
    /// </summary>
    public virtual IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) => [];

    /// <summary>Whether these figures are a report of the month.</summary>
    public virtual bool IsReport(in Figures figures) => figures.Value is not null;

    /// <summary>The month's value for rules and questions.</summary>
    public virtual decimal? MonthValue(in Figures figures) => figures.Value;

    /// <summary>Completes the contribution of a unit that reports.</summary>
    internal virtual void Contribute(ref Sums sums, in ReportedMonths months)
    {
    }

    /// <summary>
    /// Adds the contributions of several months at once, of a unit that reports the indicator in every month of this and last year. False:
    /// the kind computes each month alone. The result is that of <see cref="Contribution.Compute"/> for each month.
    /// </summary>
    internal virtual bool TryAddMonths(
        Indicator indicator, Period from, Period to, ReadOnlySpan<Figures> year, ReadOnlySpan<Figures> lastYear, SumsOfMonths sums) =>
        false;

    /// <summary>The contribution of a unit that ended or left the register.</summary>
    internal virtual Sums ContributeClosed(in ReportedMonths months) => default;

    /// <summary>The total of summed contributions.</summary>
    internal virtual Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn) =>
        Total.FromAmounts(indicator, sums, expected, state, hasYearToDate: sums.YtdCount > 0);

    /// <summary>A year-to-date compared with a full-year target; null if it cannot be judged.</summary>
    internal virtual TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd) =>
        target.Value == 0
        ? TargetProgress.OfZeroTarget(ytd)
        : new(Pace.Completion(ytd, target.Value), Pace.Gap(ytd, target.Value, month));
}

/// <summary>The unit of a growth.</summary>
public enum GrowthUnit
{
    Percent,

    /// <summary>Percentage points (个百分点): the difference of two rates.</summary>
    Points,
}

/// <summary>How a full-year target is compared with the year-to-date.</summary>
public enum TargetMeasure
{
    /// <summary>Compared with n ÷ 12 of the target (时序进度).</summary>
    Pace,

    /// <summary>Compared with a linear path from last year's end to the target.</summary>
    Path,

    /// <summary>Compared with the full target in every month.</summary>
    Level,

    /// <summary>Compared with the stage that is planned for the month.</summary>
    Stage,
}

/// <summary>Which results of a year use a node's figures of the year before.</summary>
public enum LookBack
{
    None,

    /// <summary>Each month uses the same month of last year.</summary>
    EachMonth,

    /// <summary>A target uses last year's end.</summary>
    YearEndForTarget,
}
