namespace XilinIngest.Indicators;

/// <summary>
/// Stage k of n, reached on a date (片区规划). A parent shows how many of its units stand at each stage; its own stage is the one that all of
/// them have reached. A parent's target is the plan of each of its units.
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

    internal override Total ToTotal(Indicator indicator, in Sums sums, in Sums lastYear, int expected, TotalState state)
    {
        var stages = sums.Stages;
        decimal? month = sums.MonthCount == 1 && stages is { Count: 1 } ? sums.Month : null;
        return new Total(
            month, stages?.Lowest, null, null, Growth.Absent, Growth.Absent, Growth.Absent, 0, default, sums.Reported, expected, state)
        {
            Stages = stages,
        };
    }

    /// <summary>The stage that the plan asks of a month: an even way to the target, in whole stages.</summary>
    public static int PlannedStage(Target target, int month) => (int)(target.Value * Math.Min(month, target.ByMonth) / target.ByMonth);

    internal override TargetProgress? MeasureTarget(decimal ytd, StageTally? stages, Target target, int month, decimal? yearEnd)
    {
        var planned = PlannedStage(target, month);
        return stages switch
        {
            null => null,
            { Count: 1 } => new(Pace.Completion(ytd, target.Value), (ytd - planned) * 100 / target.Value),
            _ => OfUnits(stages.UnitsBelow(planned), stages.Count),
        };
    }

    public override int? StagePlannedFor(Target target, int month) => PlannedStage(target, month);

    public override int? UnitsBehind(StageTally? stages, Target target, int month) => stages?.UnitsBelow(PlannedStage(target, month));

    public override (string Zh, string En)? FigureText(Indicator indicator, StageTally stages) => stages switch
    {
        { Count: 1 } one => Standing(indicator, one),
        var many => CountsOf(indicator, many),
    };

    public override (string Zh, string En)? PhraseText(Indicator indicator, StageTally stages, Target? target, int month)
    {
        if (FigureText(indicator, stages) is not { } figure)
        {
            return null;
        }

        var (zh, en) = UnitsOf(indicator);
        var (planZh, planEn) = target is null ? ("", "") : PlanText(stages, target, month);
        return stages.Count == 1
            ? ($"{indicator.NameZh}：{figure.Zh}{planZh}", $"{indicator.NameEn}: {figure.En}{planEn}")
            : ($"{indicator.NameZh}：{stages.Count}{zh}中，{figure.Zh}{planZh}",
                $"{indicator.NameEn}: of {stages.Count} {en}, {figure.En}{planEn}");
    }

    public override (string Zh, string En)? ProgressText(Indicator indicator, StageTally? stages, Target target, int month)
    {
        if (stages is null)
        {
            return null;
        }

        var planned = PlannedStage(target, month);
        var (plannedZh, plannedEn) = planned == 0
            ? ("", "") : ($"（应完成{indicator.Stages[planned].NameZh}）", $" (planned by now: {indicator.Stages[planned].NameEn})");
        var (planZh, planEn) = PlanText(stages, target, month);
        var (unitsZh, unitsEn) = UnitsOf(indicator);
        var (zh, en) = stages.Count == 1 ? Standing(indicator, stages) : ($"：{stages.Count}{unitsZh}中", $"{stages.Count} {unitsEn}");
        return (zh + planZh + plannedZh, ": " + en + planEn + plannedEn);
    }

    private static TargetProgress OfUnits(int behind, int units) => new((units - behind) * 100m / units, behind * -100m / units);

    private static (string Zh, string En) Standing(Indicator indicator, StageTally stages)
    {
        var stage = stages.Lowest;
        var (zh, en) = stages.Since is { } date ? ($"，{Text(date)}", $", {Text(date)}") : ("", "");
        var (last, name) = (indicator.Stages.Count - 1, indicator.Stages[Math.Min(stage, indicator.Stages.Count - 1)]);
        return stage == 0
            ? (name.NameZh, name.NameEn)
            : ($"已完成{name.NameZh}（第{stage}阶段，共{last}阶段{zh}）", $"{name.NameEn} done (stage {stage} of {last}{en})");
    }

    // From the highest stage down.
    private static (string Zh, string En) CountsOf(Indicator indicator, StageTally stages)
    {
        var counts = Enumerable.Range(0, indicator.Stages.Count).Reverse().Where(stage => stages.UnitsAt(stage) > 0)
            .Select(stage => (Stage: stage, indicator.Stages[stage].NameZh, indicator.Stages[stage].NameEn, Units: stages.UnitsAt(stage)))
            .ToList();
        return (
            string.Join('，', counts.Select(count => $"{count.Units}个{(count.Stage == 0 ? "" : "完成")}{count.NameZh}")),
            string.Join(", ", counts.Select(count => $"{count.Units} at “{count.NameEn}”")));
    }

    private static (string Zh, string En) PlanText(StageTally stages, Target target, int month)
    {
        var planned = PlannedStage(target, month);
        var behind = stages.UnitsBelow(planned);
        return (behind, stages.Count) switch
        {
            (0, 1) => ("，达到计划进度", ", as planned"),
            (0, _) => ("，均达到计划进度", ", all as planned"),
            (_, 1) => ($"，滞后计划{planned - stages.Lowest}个阶段", $", {Stages(planned - stages.Lowest)} behind the plan"),
            _ => ($"，滞后计划{behind}个", $", {behind} behind the plan"),
        };
    }

    private static string Stages(int count) => count == 1 ? "1 stage" : $"{count} stages";
}
