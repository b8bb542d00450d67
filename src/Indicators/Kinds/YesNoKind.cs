namespace XilinIngest.Indicators;

/// <summary>Achieved or not, and since when (创建、获评). A parent counts the units that have achieved it.</summary>
public sealed class YesNoKind : StagedKind
{
    private static readonly Stage[] Both = [new("未达成", "not achieved"), new("已达成", "achieved")];

    private YesNoKind()
        : base("YesNo", "yes_no")
    {
    }

    public static IndicatorKind Instance { get; } = new YesNoKind();

    public override IReadOnlyList<Stage> StagesOf(Indicator indicator) => Both;

    public override (string Zh, string En)? TargetFault(Indicator indicator, decimal value) =>
        decimal.IsInteger(value) && value >= 1
            ? null : ("目标应为达成的单位数（一个单位自己的目标为 1）", "the target is a number of units that achieve it (1 for a single unit)");

    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn) =>
        new(
            sums.MonthCount > 0 ? sums.Month : null, sums.Stages?.UnitsAt(1), null, null, Growth.Absent, Growth.Absent, Growth.Absent, 0,
            default,
            sums.Reported, expected, state)
        {
            Stages = StageCounts.Of(sums.Stages, isOwn, expected),
        };

    // The target does not apply before its month.
    internal override TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd)
    {
        var ahead = (ytd - target.Value) * 100 / target.Value;
        return new(Pace.Completion(ytd, target.Value), month < target.ByMonth ? Math.Max(0, ahead) : ahead);
    }

    public override (string Zh, string En)? FigureText(Indicator indicator, StageCounts stages)
    {
        if (stages.IsOwn)
        {
            return Standing(stages);
        }

        var (achieved, unit, (missingZh, missingEn)) = (stages.UnitsAt(1), indicator.Printing.UnitZh, WithoutStageText(stages));
        return ($"{achieved}{unit}（共{stages.Units}{unit}{missingZh}）", $"{achieved} of {stages.Units}{missingEn}");
    }

    public override (string Zh, string En)? PhraseText(
        Indicator indicator, StageCounts stages, UnitLevel? counted, Target? target, int month)
    {
        var (unitsZh, unitsEn) = UnitsOf(counted);
        var (achieved, (missingZh, missingEn)) = (stages.UnitsAt(1), WithoutStageText(stages));
        var zh = indicator.Printing.PhraseZh.Length > 0 && achieved > 0
            ? indicator.Printing.PhraseZh.Replace("{value}", $"{achieved}{indicator.Printing.UnitZh}", StringComparison.Ordinal)
            : stages.IsOwn ? $"{indicator.NameZh}：{Standing(stages).Zh}"
            : $"{indicator.NameZh}：{stages.Units}{unitsZh}中{achieved}个已达成{missingZh}";
        return (zh, stages.IsOwn
            ? $"{indicator.NameEn}: {Standing(stages).En}"
            : $"{indicator.NameEn}: {achieved} of {stages.Units} {unitsEn}{missingEn}");
    }

    public override (string Zh, string En)? ProgressText(
        Indicator indicator, StageCounts? stages, UnitLevel? counted, Target target, int month)
    {
        if (stages is null)
        {
            return null;
        }

        if (stages.IsOwn)
        {
            var (zh, en) = Standing(stages);
            return stages.UnitsAt(1) == 1
                ? (zh, $": {en}") : ($"{zh}，目标为{target.ByMonth}月底前达成", $": {en}; the target is month {target.ByMonth}");
        }

        var (unit, achieved, missing) = (indicator.Printing.UnitZh, stages.UnitsAt(1), target.Value - stages.UnitsAt(1));
        return missing <= 0
            ? ($"已达成{achieved}{unit}，达到目标（{target.Value:0}{unit}）", $": {achieved} achieved, the target of {target.Value:0} is met")
            : ($"已达成{achieved}{unit}，目标为{target.ByMonth}月底前{target.Value:0}{unit}，还差{missing:0}{unit}",
                $": {achieved} achieved, {missing:0} short of the target of {target.Value:0} by month {target.ByMonth}");
    }

    private static (string Zh, string En) Standing(StageCounts stages) => stages.UnitsAt(1) == 0
        ? (Both[0].NameZh, Both[0].NameEn)
        : stages.Since is { } since ? ($"{Both[1].NameZh}（{Text(since)}）", $"{Both[1].NameEn} ({Text(since)})")
        : (Both[1].NameZh, Both[1].NameEn);
}
