using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>A target of <c>targets.csv</c> for a unit, an indicator and a year: a growth rate in per cent, or a full-year amount.</summary>
public sealed record Target(UnitCode Unit, IndicatorCode Indicator, int Year, TargetKind Kind, decimal Value)
{
    /// <summary>The target must be reached by the end of this month; other than 12 only if the kind has stages.</summary>
    public int ByMonth { get; init; } = 12;
}

public enum TargetKind
{
    /// <summary>A growth rate of the year-to-date, in per cent.</summary>
    Growth,

    /// <summary>A full-year amount in the canonical unit; pace is judged against n ÷ 12.</summary>
    Amount,
}

/// <summary>The thresholds of amber and red for the units of one level: a row of <c>colours.csv</c> (三级三色).</summary>
/// <param name="Level">The level it applies to.</param>
/// <param name="Scheme">The measure that is compared.</param>
/// <param name="AmberBehind">Percentage points behind from which it is amber; used by <see cref="ColourScheme.Pace"/>.</param>
/// <param name="RedBehind">Percentage points behind from which it is red.</param>
/// <param name="Margin">
/// Percentage points a figure must be better than the threshold before an alert steps down, so that it does not flap.
/// </param>
/// <param name="SilencedByParent">Whether a current alert of the parent on the same indicator silences this level's.</param>
public sealed record ColourRule(
    UnitLevel Level, ColourScheme Scheme, decimal AmberBehind, decimal RedBehind, decimal Margin, bool SilencedByParent);

public enum ColourScheme
{
    /// <summary>Percentage points behind the target: growth less target, or pace.</summary>
    Pace,

    /// <summary>Green at or above target and the siblings' average growth; amber growing but below either; red shrinking.</summary>
    Siblings,
}

/// <summary>When a month may be reported: a row of <c>calendar.csv</c>. All times carry their offset.</summary>
/// <param name="Period">The month.</param>
/// <param name="Opens">Submissions are taken from this time on.</param>
/// <param name="Deadline">
/// A missing submission is late after this time (催报). Null: the month is history, from before reports were asked for; what comes in until
/// it closes is backfilled (补录), and nobody is late.
/// </param>
/// <param name="Closes">Only a correction with a reason is taken after this time.</param>
/// <param name="Locks">Nothing is taken after this time.</param>
public sealed record CalendarWindow(
    Period Period, DateTimeOffset Opens, DateTimeOffset? Deadline, DateTimeOffset Closes, DateTimeOffset Locks)
{
    public bool IsHistory => Deadline is null;
}

/// <summary>The whole catalogue, checked and immutable. It is replaced as a whole when a file changes.</summary>
public sealed class Catalogue
{
    private readonly Dictionary<IndicatorCode, Indicator> _indicators;
    private readonly Dictionary<string, Indicator> _indicatorsByText;
    private readonly Dictionary<Period, CalendarWindow> _calendar;
    private readonly Dictionary<(UnitCode, IndicatorCode, int), Target> _targets;
    private readonly Dictionary<UnitLevel, ColourRule> _colours;
    private readonly ILookup<(IndicatorCode, int), Target> _targetsByIndicator;

    public Catalogue(
        IReadOnlyList<Indicator> indicators, UnitTree units, IReadOnlyList<Target> targets,
        IReadOnlyList<CalendarWindow> calendar, IReadOnlyList<ColourRule> colours, IReadOnlyList<CheckRule> rules,
        ReviewWorkflow? workflow = null, IReadOnlyList<Partition>? partitions = null)
    {
        Indicators = indicators;
        Units = units;
        Targets = targets;
        Calendar = calendar;
        Rules = rules;
        Workflow = workflow ?? ReviewWorkflow.None;
        Partitions = new PartitionMap(units, partitions ?? []);
        Codes = new CatalogueCodes(indicators, units.All);
        _indicators = indicators.ToDictionary(indicator => indicator.Code);
        _indicatorsByText = indicators.ToDictionary(indicator => indicator.Code.Value, StringComparer.Ordinal);
        _calendar = calendar.ToDictionary(window => window.Period);
        FirstPeriod = calendar.Count == 0 ? null : calendar.Min(window => window.Period);
        _targets = targets.ToDictionary(target => (target.Unit, target.Indicator, target.Year));
        _colours = colours.ToDictionary(rule => rule.Level);
        _targetsByIndicator = targets.ToLookup(target => (target.Indicator, target.Year));
    }

    /// <summary>In catalogue order; <see cref="Indicator.Order"/> is the position in the list.</summary>
    public IReadOnlyList<Indicator> Indicators { get; }

    public UnitTree Units { get; }

    /// <summary>Looks up its codes by the bytes of a message.</summary>
    public CatalogueCodes Codes { get; }

    public IReadOnlyList<Target> Targets { get; }

    public IReadOnlyList<CheckRule> Rules { get; }

    public IReadOnlyList<CalendarWindow> Calendar { get; }

    /// <summary>Which reports are reviewed, and by whom.</summary>
    public ReviewWorkflow Workflow { get; }

    /// <summary>Which part of the tree has which ledger and cube.</summary>
    public PartitionMap Partitions { get; }

    /// <summary>The same catalogue with the tree split in another way.</summary>
    public Catalogue WithPartitions(IReadOnlyList<Partition> partitions) =>
        new(Indicators, Units, Targets, Calendar, [.. _colours.Values], Rules, Workflow, partitions);

    /// <summary>The unit that reviews the reports of a unit for a month; null: they are not reviewed.</summary>
    public Unit? ReviewerOf(Unit unit, Period period) => Workflow.IsEmpty ? null : Workflow.ReviewerOf(unit, period, Units);

    public bool TryFind(IndicatorCode code, [NotNullWhen(true)] out Indicator? indicator) => _indicators.TryGetValue(code, out indicator);

    /// <summary>Finds an indicator by the text of its code. Any other text is not found.</summary>
    public bool TryFind(string? code, [NotNullWhen(true)] out Indicator? indicator)
    {
        indicator = code is null ? null : _indicatorsByText.GetValueOrDefault(code);
        return indicator is not null;
    }

    /// <summary>The first month that may be reported; null if the calendar is empty.</summary>
    public Period? FirstPeriod { get; }

    public CalendarWindow? WindowOf(Period period) => _calendar.GetValueOrDefault(period);

    public Target? TargetOf(Unit unit, Indicator indicator, int year) =>
        _targets.GetValueOrDefault((unit.Code, indicator.Code, year));

    /// <summary>The units directly below a parent, at any time of the year, that have a target on the indicator.</summary>
    public IEnumerable<Unit> ChildrenWithTarget(Unit parent, Indicator indicator, int year) =>
        _targetsByIndicator.Contains((indicator.Code, year)) ? FindChildrenWithTarget(parent, indicator, year) : [];

    private IEnumerable<Unit> FindChildrenWithTarget(Unit parent, Indicator indicator, int year) =>
        _targetsByIndicator[(indicator.Code, year)].Select(target => Units[target.Unit]).Where(unit =>
            unit.Spans.Any(span => span.Parent == parent.Code && span.From.Year <= year && (span.To is not { } to || to.Year >= year)));

    public ColourRule? ColourRuleOf(UnitLevel level) => _colours.GetValueOrDefault(level);
}
