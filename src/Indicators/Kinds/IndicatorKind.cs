namespace XilinIngest.Indicators;

/// <summary>
/// What an indicator's kind changes. Each kind is one sealed type in a file of its own; <see cref="IndicatorKinds"/> lists them.
/// All other code asks the kind and never compares it with a particular one.
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

    /// <summary>The fields without which a month is not reported.</summary>
    public virtual FigureFields RequiredFields => FigureFields.Value;

    /// <summary>Fields that may be sent and are not stored, because others determine them.</summary>
    public virtual FigureFields DerivedFields => FigureFields.None;

    /// <summary>Whether the month's value is the state at the month's end, and not what happened in the month.</summary>
    public virtual bool IsAtMonthEnd => false;

    /// <summary>Whether the year-to-date is the sum of the months; it may then be carried, and January be reported with February.</summary>
    public bool AddsMonths => (Fields & FigureFields.YearToDate) != 0;

    /// <summary>Whether the month's value is a quotient of the parts, which are what a submission carries.</summary>
    public bool IsRatio => (RequiredFields & FigureFields.Denominator) != 0;

    /// <summary>Whether a month without a report keeps the value of the month before.</summary>
    public virtual bool KeepsLatest => false;

    /// <summary>Whether a growth may be published.</summary>
    public virtual bool AllowsGrowth => true;

    /// <summary>Whether <c>indicators.csv</c> names the stages.</summary>
    public virtual bool HasNamedStages => false;

    /// <summary>The stages that a value may name, from 0; empty: it is a quantity.</summary>
    public virtual IReadOnlyList<Stage> StagesOf(Indicator indicator) => [];

    /// <summary>Whether a parent is made of its units; otherwise each figure is its unit's alone.</summary>
    public virtual bool IsSummedByParents => true;

    /// <summary>What a growth is expressed in.</summary>
    public virtual GrowthUnit GrowthUnit => GrowthUnit.Percent;

    /// <summary>How a full-year target is compared with the year-to-date.</summary>
    public virtual TargetMeasure TargetMeasure => TargetMeasure.Pace;

    /// <summary>Whether a full-year target may be zero or below whatever the direction.</summary>
    public virtual bool AllowsAnyTarget => false;

    /// <summary>What is wrong with a full-year target of the kind's own; null: nothing.</summary>
    public virtual (string Zh, string En)? TargetFault(Indicator indicator, decimal value) => null;

    /// <summary>The stage that a target asks of a month; null: the kind has no such plan.</summary>
    public virtual int? StagePlannedFor(Target target, int month) => null;

    /// <summary>How many units are behind a plan that holds for each of them; null: there is none.</summary>
    public virtual int? UnitsBehind(StageCounts? stages, Target target, int month) => null;

    /// <summary>A total in words where a number and its unit do not say it; null: they do.</summary>
    public virtual (string Zh, string En)? FigureText(Indicator indicator, StageCounts stages) => null;

    /// <summary>The report's phrase; null: the catalogue's, with number, unit and growth.</summary>
    public virtual (string Zh, string En)? PhraseText(Indicator indicator, StageCounts stages, Target? target, int month) => null;

    /// <summary>What an alert says of a full-year target, after the name of the indicator; null: completion and pace.</summary>
    public virtual (string Zh, string En)? ProgressText(Indicator indicator, StageCounts? stages, Target target, int month) => null;

    /// <summary>Which results of a year use a node's figures of the year before, beside the sums of its units.</summary>
    public virtual LookBack LookBack => LookBack.None;

    /// <summary>The year-to-date of a unit, and whether it has reported all that is due for it.</summary>
    public abstract (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months);

    /// <summary>The months whose reports a unit's year-to-date is made of, and no others.</summary>
    public virtual IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months) =>
        months.Current.HasValue ? [months.Period] : [];

    /// <summary>
    /// The months whose reports the year-to-date is compared with or reckoned from; not the bases that a report carries itself.
    /// </summary>
    public virtual IReadOnlyList<Period> BaseMonthsOf(in ReportedMonths months) => [];

    /// <summary>Whether these figures are a report of the month.</summary>
    public virtual bool IsReport(in Figures figures) => figures.Value is not null;

    /// <summary>The month's value as rules and questions see it.</summary>
    public virtual decimal? MonthValue(in Figures figures) => figures.Value;

    /// <summary>Completes what a unit that reports contributes.</summary>
    internal virtual Sums Contribute(in Sums sums, in ReportedMonths months) => sums;

    /// <summary>What a unit contributes that ended, or left the register.</summary>
    internal virtual Sums ContributeClosed(in ReportedMonths months) => default;

    /// <summary>The total of summed contributions.</summary>
    internal virtual Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn) =>
        Total.FromAmounts(indicator, sums, expected, state, hasYearToDate: sums.YtdCount > 0);

    /// <summary>A year-to-date compared with a full-year target; null where nothing can be said.</summary>
    internal virtual TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd) =>
        target.Value == 0
        ? TargetProgress.OfZeroTarget(ytd)
        : new(Pace.Completion(ytd, target.Value), Pace.Gap(ytd, target.Value, month));
}

/// <summary>What a growth is expressed in.</summary>
public enum GrowthUnit
{
    Percent,

    /// <summary>Percentage points (个百分点): the difference of two rates.</summary>
    Points,
}

/// <summary>How a full-year target is compared with the year-to-date.</summary>
public enum TargetMeasure
{
    /// <summary>With n ÷ 12 of it (时序进度).</summary>
    Pace,

    /// <summary>With an even way from last year's end to it.</summary>
    Path,

    /// <summary>As it is, in every month.</summary>
    Level,

    /// <summary>With the stage that is planned for the month.</summary>
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
