namespace XilinIngest.Indicators;

/// <summary>
/// Stage k of n, reached on a date (片区规划). A parent shows how many of its units are at each stage; its own stage is the one that all of
/// them have reached. A parent's target applies to each of its units.
/// </summary>
public sealed class MilestoneKind : StagedKind
{
    private MilestoneKind()
        : base("Milestone", "milestone")
    {
    }

    public static IndicatorKind Instance { get; } = new MilestoneKind();

    public override bool HasNamedStages => true;

    public override IReadOnlyList<Stage> StagesOf(Indicator indicator) => indicator.Stages;

    public override (string Zh, string En)? TargetFault(Indicator indicator, decimal value) =>
        decimal.IsInteger(value) && value >= 1 && value < indicator.Stages.Count ? null
            : ($"目标应为阶段 1 至 {indicator.Stages.Count - 1} 的整数", $"the target is a stage from 1 to {indicator.Stages.Count - 1}");

    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state, bool isOwn)
    {
        var stages = StageCounts.Of(sums.Stages, isOwn, expected);
        decimal? month = isOwn && sums.MonthCount == 1 ? sums.Month : null;
        return new Total(
            month, stages?.Lowest, null, null, Growth.Absent, Growth.Absent, Growth.Absent, 0, default, sums.Reported, expected, state)
        {
            Stages = stages,
        };
    }

    /// <summary>The stage that the plan requires for a month: a linear path to the target, in whole stages.</summary>
    public static int PlannedStage(Target target, int month) => (int)(target.Value * Math.Min(month, target.ByMonth) / target.ByMonth);

    internal override TargetProgress? MeasureTarget(decimal ytd, StageCounts? stages, Target target, int month, decimal? yearEnd)
    {
        var planned = PlannedStage(target, month);
        return stages switch
        {
            null => null,
            { IsOwn: true } => new(Pace.Completion(ytd, target.Value), (ytd - planned) * 100 / target.Value),
            _ => OfUnits(stages.UnitsBelow(planned), stages.Units),
        };
    }

    public override int? StagePlannedFor(Target target, int month) => PlannedStage(target, month);

    public override int? UnitsBehind(StageCounts? stages, Target target, int month) => stages?.UnitsBelow(PlannedStage(target, month));

    public override (string Zh, string En)? FigureText(Indicator indicator, StageCounts stages) => stages switch
    {
        { IsOwn: true } own => Standing(indicator, own),
        var parent => CountsOf(indicator, parent),
    };

    public override (string Zh, string En)? PhraseText(
        Indicator indicator, StageCounts stages, UnitLevel? counted, Target? target, int month)
    {
        if (FigureText(indicator, stages) is not { } figure)
        {
            return null;
        }

        var (zh, en) = UnitsOf(counted);
        var (planZh, planEn) = target is null ? ("", "") : PlanText(stages, target, month);
        return stages.IsOwn
            ? ($"{indicator.NameZh}：{figure.Zh}{planZh}", $"{indicator.NameEn}: {figure.En}{planEn}")
            : ($"{indicator.NameZh}：{stages.Units}{zh}中，{figure.Zh}{planZh}",
                $"{indicator.NameEn}: of {stages.Units} {en}, {figure.En}{planEn}");
    }

    public override (string Zh, string En)? ProgressText(
        Indicator indicator, StageCounts? stages, UnitLevel? counted, Target target, int month)
    {
        if (stages is null)
        {
            return null;
        }

        var planned = PlannedStage(target, month);
        var (plannedZh, plannedEn) = planned == 0
            ? ("", "") : ($"（应完成{indicator.Stages[planned].NameZh}）", $" (planned by now: {indicator.Stages[planned].NameEn})");
        var (planZh, planEn) = PlanText(stages, target, month);
        var (unitsZh, unitsEn) = UnitsOf(counted);
        var (zh, en) = stages.IsOwn ? Standing(indicator, stages) : ($"：{stages.Units}{unitsZh}中", $"{stages.Units} {unitsEn}");
        return (zh + planZh + plannedZh, ": " + en + planEn + plannedEn);
    }

    private static TargetProgress OfUnits(int behind, int units) => new((units - behind) * 100m / units, behind * -100m / units);

    private static (string Zh, string En) Standing(Indicator indicator, StageCounts stages)
    {
        var stage = stages.Lowest;
        var (zh, en) = stages.Since is { } date ? ($"，{Text(date)}", $", {Text(date)}") : ("", "");
        var (last, name) = (indicator.Stages.Count - 1, indicator.Stages[Math.Min(stage, indicator.Stages.Count - 1)]);
        return stage == 0
            ? (name.NameZh, name.NameEn)
            : ($"已完成{name.NameZh}（第{stage}阶段，共{last}阶段{zh}）", $"at “{name.NameEn}” (stage {stage} of {last}{en})");
    }

    // The highest stage comes first.
    private static (string Zh, string En) CountsOf(Indicator indicator, StageCounts stages)
    {
        var counts = Enumerable.Range(0, indicator.Stages.Count).Reverse().Where(stage => stages.UnitsAt(stage) > 0)
            .Select(stage => (Stage: stage, indicator.Stages[stage].NameZh, indicator.Stages[stage].NameEn, Units: stages.UnitsAt(stage)))
            .ToList();
        var (missingZh, missingEn) = WithoutStageText(stages);
        return (
            string.Join('，', counts.Select(count => $"{count.Units}个{(count.Stage == 0 ? "" : "完成")}{count.NameZh}")) + missingZh,
            string.Join(", ", counts.Select(count => $"{count.Units} at “{count.NameEn}”")) + missingEn);
    }

    private static (string Zh, string En) PlanText(StageCounts stages, Target target, int month)
    {
        var planned = PlannedStage(target, month);
        var behind = stages.UnitsBelow(planned);
        if (stages.IsOwn)
        {
            var count = planned - stages.Lowest;
            return behind == 0 ? ("，达到计划进度", ", as planned") : ($"，滞后计划{count}个阶段", $", {Stages(count)} behind the plan");
        }

        return (behind, stages.UnitsWithoutStage) switch
        {
            (0, 0) => ("，均达到计划进度", ", all as planned"),
            (0, _) => ("，已报的均达到计划进度", ", those that have reported as planned"),
            _ => ($"，滞后计划{behind}个", $", {behind} behind the plan"),
        };
    }

    private static string Stages(int count) => EnglishNoun.Count(count, "stages");
}
