using System.Globalization;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

/// <summary>Why an alert stands or ended, in a sentence that people read.</summary>
internal static class AlertReason
{
    public static (string Zh, string En) Of(Unit unit, Indicator indicator, AlertState? state)
    {
        if (state is null)
        {
            return ($"{ChineseText.Join(unit.NameZh, indicator.NameZh)}已无完整月份可供评判。", $"{unit.NameEn}: {indicator.NameEn} has no complete month left to judge.");
        }

        var (judgement, target) = (state.Judgement, state.Target);
        var (zh, en) = (ChineseText.Join(unit.NameZh, state.Period.ToString(), indicator.NameZh), $"{unit.NameEn}, {state.Period}: {indicator.NameEn}");
        if (judgement.Value is not { } value || judgement.Gap is not { } gap)
        {
            return ($"{zh}{GrowthInWords.Zh(state.Growth, indicator.Printing)}。", $"{en}, {GrowthInWords.En(state.Growth, indicator.Printing)}.");
        }

        if (target.Kind == TargetKind.Amount)
        {
            return ($"{zh}完成全年目标的{Number(Rounding.Rate(value))}%,{GapZh(gap, "时序进度")}。", $"{en} is at {Number(Rounding.Rate(value))}% of the year's target, {GapEn(gap, "pace")}.");
        }

        var (isRate, growth, aim) = (indicator.Kind == IndicatorKind.Rate, Rounding.Rate(value), Number(target.Value));
        var (aimZh, aimEn) = isRate ? ($"{aim}个百分点", GrowthInWords.Points(aim)) : ($"{aim}%", $"{aim}%");
        return ($"{zh}{GrowthZh(growth, isRate)},目标{aimZh},{GapZh(gap)}。", $"{en} {GrowthEn(growth, isRate)}, {GapEn(gap, $"the target of {aimEn}")}.");
    }

    private static string GrowthZh(decimal growth, bool isRate) =>
        isRate ? GrowthInWords.RateZh(growth, Number(Math.Abs(growth))) : growth == 0 ? "同比持平" : $"增幅{Number(growth)}%";

    private static string GrowthEn(decimal growth, bool isRate)
    {
        var by = Number(Math.Abs(growth));
        return growth == 0 ? "did not change"
            : isRate ? $"{(growth < 0 ? "fell" : "rose")} {GrowthInWords.Points(by)}"
            : $"{(growth < 0 ? "fell" : "grew")} {by}%";
    }

    private static string GapZh(decimal gap, string pace = "") =>
        gap == 0 ? $"与{(pace.Length > 0 ? pace : "目标")}持平" : $"{(gap < 0 ? "落后" : "领先")}{pace}{By(gap, "不足")}个百分点";

    private static string GapEn(decimal gap, string of) =>
        gap == 0 ? $"level with {of}" : $"{GrowthInWords.Points(By(gap, "less than "))} {(gap < 0 ? "behind" : "ahead of")} {of}";

    // A gap that the printed precision does not show is one all the same: it may be why the alert stands.
    private static string By(decimal gap, string lessThan) =>
        Math.Abs(Rounding.Rate(gap)) is not 0 and var by ? Number(by) : lessThan + Number(new decimal(1, 0, 0, false, Rounding.RateDecimals));

    private static string Number(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}
