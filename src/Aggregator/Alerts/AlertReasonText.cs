using System.Globalization;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>Writes in a sentence why an alert is current or was cleared.</summary>
internal static class AlertReasonText
{
    /// <summary>Why an alert was cleared because its target is no longer judged.</summary>
    public static (string Zh, string En) Describe(Unit unit, Indicator indicator, NotJudgedReason why)
    {
        var (zh, en) = (ChineseText.Join(unit.NameZh, indicator.NameZh), $"{unit.NameEn}: {indicator.NameEn}");
        return why switch
        {
            NotJudgedReason.NoTarget => ($"{zh}的目标已取消。", $"{en}: the target was taken out of the catalogue."),
            NotJudgedReason.NoColours =>
                ($"{zh}已不再评判：该级单位未设红黄绿标准。", $"{en} is judged no more: colours.csv has no row for units of this level."),
            NotJudgedReason.NothingToCompare => ($"{zh}已无可比的基数，无法评判。", $"{en}: there is no base left to compare with."),
            _ => ($"{zh}已无完整月份可供评判。", $"{en} has no complete month left to judge."),
        };
    }

    public static (string Zh, string En) Describe(Unit unit, Indicator indicator, AlertState state)
    {
        indicator = indicator with { Printing = indicator.PrintingAt(unit.Level, FigureOf(state)) };
        var (judgement, target) = (state.Judgement, state.Target);
        var (zh, en) = (ChineseText.Join(unit.NameZh, state.Period.NameZh, indicator.NameZh),
                $"{unit.NameEn}, {state.Period}: {indicator.NameEn}");
        if (target.Kind == TargetKind.Amount
            && indicator.Kind.ProgressText(indicator, state.Stages, state.CountedLevel, target, state.Period.Month)
                is var (progressZh, progressEn))
        {
            return ($"{zh}{progressZh}。", $"{en}{progressEn}.");
        }

        if (judgement.Value is not { } value || judgement.Gap is not { } gap)
        {
            return target.Kind == TargetKind.Amount
                ? ($"{zh}年初以来{Number(Rounding.Print(state.YearToDate ?? 0, indicator.Printing))}{indicator.Printing.UnitZh}，全年目标为零。",
                    $"{en} at {EnglishScale.Tell(state.YearToDate ?? 0, indicator.Printing)} so far this year; the target is none.")
                : ($"{zh}{GrowthText.WithScopeZh(GrowthText.Zh(state.Compared, indicator), state.LeftOut)}。",
                    $"{en}, {GrowthText.WithScopeEn(GrowthText.En(state.Compared, indicator), state.LeftOut)}.");
        }

        if (target.Kind == TargetKind.Amount)
        {
            return DescribeAmount(zh, en, indicator, value, gap, target.Value);
        }

        var (inPoints, growth, aim) = (indicator.Kind.GrowthUnit == GrowthUnit.Points, Rounding.Rate(value), Number(target.Value));
        var (aimZh, aimEn) = inPoints
            ? ($"{aim}个百分点", GrowthText.Points(aim)) : (GrowthText.PercentZh(target.Value, Number(Math.Abs(target.Value))), $"{aim}%");
        return ($"{zh}{GrowthZh(growth, inPoints)}，目标{aimZh}，{GapZh(gap, "目标", "高于", "低于")}。",
            $"{en} {GrowthEn(growth, inPoints)}, {GapEn(gap, $"the target of {aimEn}")}.");
    }

    // Amounts: a plan is completed, and a ceiling is used up, month by month. A rate or an index is compared with its target directly.
    private static (string Zh, string En) DescribeAmount(
        string zh, string en, Indicator indicator, decimal value, decimal gap, decimal target)
    {
        var lower = indicator.Direction == Direction.LowerIsBetter;
        if (indicator.Kind.TargetMeasure == TargetMeasure.Level)
        {
            var unit = indicator.Printing.UnitZh is "%" ? "%" : "";
            var (figure, aim, by) =
                (Number(Rounding.HalfAwayFromZero(value, Math.Max(1, indicator.Printing.Decimals))), Number(target), GapText(gap, "不足"));
            var above = lower ? gap < 0 : gap > 0;
            var (pointsZh, pointsEn) = unit == "%"
                ? ("个百分点", GrowthText.Points(GapText(gap, "less than "))) : ("", GapText(gap, "less than "));
            return gap == 0
                ? ($"{zh}为{figure}{unit}，与目标持平。", $"{en} at {figure}{unit}, level with the target.")
                : ($"{zh}为{figure}{unit}，{(above ? "高于" : "低于")}目标（{aim}{unit}）{by}{pointsZh}。",
                    $"{en} at {figure}{unit}, {pointsEn} {(above ? "above" : "below")} the target of {aim}{unit}.");
        }

        var share = Number(Rounding.Rate(value));
        var points = GrowthText.Points(GapText(gap, "less than "));
        var overPace = gap == 0 ? "level with pace" : $"{points} {(gap < 0 ? "over" : "under")} pace";
        return lower
            ? ($"{zh}已达全年控制数的{share}%，{GapZh(-gap, "时序进度", "快于", "慢于")}。",
                $"{en} at {share}% of the year's ceiling, {overPace}.")
            : indicator.Kind.TargetMeasure == TargetMeasure.Path
            ? ($"{zh}为全年目标的{share}%，{GapZh(gap, "时序进度", "快于", "慢于")}。",
                $"{en} at {share}% of the year's target, {GapEn(gap, "pace")}.")
            : ($"{zh}完成全年目标的{share}%，{GapZh(gap, "时序进度", "快于", "慢于")}。",
                $"{en} at {share}% of the year's target, {GapEn(gap, "pace")}.");
    }

    // The amount in the sentence: the change where a growth is a word, and otherwise the year-to-date.
    private static decimal? FigureOf(AlertState state) => state is { Target.Kind: TargetKind.Growth, Compared: var (current, @base) }
        ? current - @base : state.YearToDate;

    private static string GrowthZh(decimal growth, bool inPoints) =>
        inPoints ? GrowthText.RateChangeZh(growth, Number(Math.Abs(growth))) : GrowthText.PercentZh(growth, Number(Math.Abs(growth)));

    private static string GrowthEn(decimal growth, bool inPoints)
    {
        var by = Number(Math.Abs(growth));
        return growth == 0 ? "did not change"
            : inPoints ? $"{(growth < 0 ? "fell" : "rose")} {GrowthText.Points(by)}"
            : $"{(growth < 0 ? "fell" : "grew")} {by}%";
    }

    private static string GapZh(decimal gap, string against, string above, string below) =>
        gap == 0 ? $"与{against}持平" : $"{(gap < 0 ? below : above)}{against}{GapText(gap, "不足")}个百分点";

    private static string GapEn(decimal gap, string of) =>
        gap == 0 ? $"level with {of}" : $"{GrowthText.Points(GapText(gap, "less than "))} {(gap < 0 ? "behind" : "ahead of")} {of}";

    // A gap below the printed precision is named too, because it may be the reason of the alert.
    private static string GapText(decimal gap, string lessThan) =>
        Math.Abs(Rounding.Rate(gap)) is not 0 and var by
            ? Number(by) : lessThan + Number(new decimal(1, 0, 0, false, Rounding.RateDecimals));

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
