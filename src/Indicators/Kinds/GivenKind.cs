namespace XilinIngest.Indicators;

/// <summary>An index or a real growth: reported by the unit itself, and never derived or summed.</summary>
public sealed class GivenKind : IndicatorKind
{
    private GivenKind()
        : base("Given", "given")
    {
    }

    public static IndicatorKind Instance { get; } = new GivenKind();

    public override FigureFields Fields => FigureFields.Value | FigureFields.LastYear;

    public override bool IsSummedByParents => false;

    public override TargetMeasure TargetMeasure => TargetMeasure.Level;

    public override bool AllowsAnyTarget => true;

    public override (decimal? Ytd, bool Whole) YearToDate(in ReportedMonths months) =>
        (months.Current.Value, months.Current.Value is not null);

    internal override TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd) =>
        new(ytd, ytd - target.Value);
}
