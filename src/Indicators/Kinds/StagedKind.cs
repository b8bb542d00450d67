using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>
/// The base of kinds whose value is a stage with the date on which a unit reached it. A month without a report keeps the stage, and a
/// parent counts its units at each stage.
/// </summary>
public abstract class StagedKind : IndicatorKind
{
    private protected StagedKind(string name, string catalogueWord)
        : base(name, catalogueWord)
    {
    }

    public override FigureFields Fields => FigureFields.Value | FigureFields.Date;

    public override bool IsAtMonthEnd => true;

    public override bool KeepsLatest => true;

    public override bool AllowsGrowth => false;

    public override TargetMeasure TargetMeasure => TargetMeasure.Stage;

    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months) =>
        (Standing(months).Value, months.Current.Value is not null);

    public override IReadOnlyList<Period> SourceMonthsOf(in ReportedMonths months) => months.LatestMonth(1);

    internal override void Contribute(ref Sums sums, in ReportedMonths months)
    {
        var standing = Standing(months);
        sums.Stages = StageTally.Of(standing.Value, standing.Date);
    }

    /// <summary>The counted units in words, such as 个村（社区）; those of several levels are 个单位.</summary>
    private protected static (string Zh, string En) UnitsOf(UnitLevel? level) => level switch
    {
        null => ("个单位", "units"),
        UnitLevel.Enterprise => ("家企业", "enterprises"),
        UnitLevel.Village => ("个村（社区）", "villages and communities"),
        UnitLevel.Street => ("个街道（镇）", "sub-districts and towns"),
        UnitLevel.District => ("个区", "districts"),
        _ => ("个市", "cities"),
    };

    /// <summary>The units of a parent that have never reported, in words.</summary>
    private protected static (string Zh, string En) WithoutStageText(StageCounts stages) =>
        stages.UnitsWithoutStage is > 0 and var missing ? ($"，{missing}个未报", $", {missing} not reported") : ("", "");

    private protected static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // Last year's months are used if this year has no value, because a stage that was reached is kept.
    private static Figures Standing(in ReportedMonths months)
    {
        var at = ReportedMonths.LatestIndex(months.Year[..months.Period.Month]);
        if (at >= 0)
        {
            return months.Year[at];
        }

        at = ReportedMonths.LatestIndex(months.LastYear);
        return at >= 0 ? months.LastYear[at] : default;
    }
}
