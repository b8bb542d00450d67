using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Findings;

// F3xx: the values.
public static partial class BuiltInFindings
{
    public const string UnknownIndicatorRule = "F301";

    public static Finding UnknownIndicator(string? indicator) => Error(UnknownIndicatorRule,
        $"目录中没有指标 {Quote(indicator)}。", $"Indicator {Quote(indicator)} is not in the catalogue.", "核对指标代码。", "Check the indicator's code.");

    public static Finding NotReportedBy(Indicator indicator, Unit unit) => Error("F302",
        $"{indicator.NameZh} 不由{unit.NameZh}报送。", $"{indicator.NameEn} is not reported by {unit.NameEn}.",
        "删去该指标；如应由本单位报送，请统计站核对名录。", "Leave it out; if the unit should report it, ask the statistics office to check the registers.",
        indicator);

    public static Finding NotDue(Indicator indicator, Period period) => Error("F303",
        $"{indicator.NameZh} 1月免报（{period.NameZh}）。", $"{indicator.NameEn} is exempt in January ({period}).",
        "2月报送1—2月合计。", "Report January and February together in February.", indicator);

    public static Finding SameIndicatorTwice(Indicator indicator) => Error("F304",
        $"{indicator.NameZh} 在同一份报表中出现两次。", $"{indicator.NameEn} appears twice in the submission.", "只保留一项。", "Keep one of them.",
        indicator);

    public static Finding ValueMissing(Indicator indicator) => Error("F305",
        $"{indicator.NameZh} 没有本月数。", $"{indicator.NameEn} has no value for the month.",
        "填写 value；没有发生填 0；只更正其他数的，须先报过本月数；撤回填 \"withdraw\":[\"value\"]。",
        "Give 'value'; write 0 where nothing happened. To correct another figure alone, the month must have been reported; to withdraw, "
        + "give \"withdraw\":[\"value\"].", indicator);

    public static Finding MalformedNumber(Indicator indicator, string field, JsonElement sent) => Error("F306",
        $"{indicator.NameZh} 的 {field} 不是可接受的数：{(IsText(sent) ? "文本" : "")}{Quote(sent)}。",
        $"{indicator.NameEn}: {field} is not an acceptable number: {(IsText(sent) ? "the text " : "")}{Quote(sent)}.",
        "写成普通小数：不用科学计数法，整数最多 15 位，小数最多 6 位，不加引号。",
        "Write a plain decimal: no exponent, at most 15 digits before and 6 after the point, no quotes.", indicator);

    public static Finding WrongUnit(Indicator indicator, string? unit) => Error("F307",
        $"{indicator.NameZh} 的计量单位应为 {indicator.CanonicalUnit}，报送的是 {Quote(unit)}。",
        $"{indicator.NameEn} is measured in {indicator.CanonicalUnit}; the submission says {Quote(unit)}.",
        $"按 {indicator.CanonicalUnit} 折算后重新报送；系统不代为换算。",
        $"Convert to {indicator.CanonicalUnit} and submit again; the system never converts by guess.", indicator);

    public static Finding Negative(Indicator indicator, string field, decimal value) => Error("F308",
        $"{indicator.NameZh} 的 {field} 不能为负：{FormatNumber(value)}。",
        $"{indicator.NameEn}: {field} cannot be negative: {FormatNumber(value)}.",
        "改正后重新报送；冲减以前月份请更正原月份或填报 1—本月。", "Correct it; to take back earlier months, revise them or give the year-to-date.", indicator,
        new Dictionary<string, decimal> { [field] = value });

    public static Finding RatePartsIncomplete(Indicator indicator) => Error("F309",
        $"{indicator.NameZh} 是比率，须填分子和大于零的分母；本月没有对象的，两者都填 0。",
        $"{indicator.NameEn} is a rate: it needs a numerator and a denominator above zero, or 0 of 0 where there was nothing to count.",
        "填写 numerator 和 denominator。", "Give 'numerator' and 'denominator'.", indicator);

    public static Finding NotForKind(Indicator indicator, string field) => Error("F310",
        $"{indicator.NameZh} 没有 {field}。", $"{indicator.NameEn} takes no {field}.", $"删去 {field}。", $"Leave {field} out.", indicator);

    public static Finding CannotBeWithdrawn(Indicator indicator, JsonElement sent)
    {
        var kind = indicator.Kind;
        List<string> figures = [];
        if ((kind.Fields & FigureFields.YearToDate) != 0)
        {
            figures.Add("\"yearToDate\"");
        }

        if ((kind.Fields & FigureFields.LastYear) != 0)
        {
            figures.Add("\"lastYear\"");
        }

        var hasDate = (kind.Fields & FigureFields.Date) != 0;
        return Error("F311",
            $"{indicator.NameZh} 的 withdraw 中没有可撤回的 {Quote(sent)}。",
            $"{indicator.NameEn}: 'withdraw' names {Quote(sent)}, which cannot be taken back.",
            string.Join('、', figures.Prepend("可撤回 \"value\"（整项）")) + (hasDate ? "；日期随阶段一并填报，填 0 即无日期。" : "。"),
            string.Join(" or ", figures.Prepend("Name \"value\" (the whole indicator)"))
            + (hasDate ? "; a date goes with its stage, and 0 has none." : "."),
            indicator);
    }

    public static Finding GivenAndWithdrawn(Indicator indicator) => Error("F312",
        $"{indicator.NameZh} 既填了数又要撤回。", $"{indicator.NameEn}: a figure is both given and withdrawn.",
        "只留一项：更正的填数，撤回的不填数。", "Keep one of the two: give the figure to correct it, or withdraw it.", indicator);

    public static Finding RuleDividesByZero(CheckRule rule, Indicator indicator, IReadOnlyDictionary<string, decimal> figures) =>
        Error("F313",
        $"{indicator.NameZh}：审核公式 {rule.Id} 的除数为 0，未能核对。", $"{indicator.NameEn}: rule {rule.Id} divides by 0 and could not be asked.",
        "数据已按其他公式核对。请街道统计站在该公式中先写明除数大于 0 的条件。",
        "All other rules were asked. The statistics office should have the rule ask first whether its divisor is above 0.",
        indicator, figures) with
        { Severity = FindingSeverity.Notice };

    /// <summary>
    /// Whether a figure cannot be checked before this finding is corrected: the unit does not report the indicator, the indicator is not
    /// due, the unit of measure is wrong, or a rate lacks a part.
    /// </summary>
    public static bool MakesUnusable(Finding finding) => finding.Rule is "F302" or "F303" or "F307" or "F309" or "F315";

    public static Finding MalformedDate(Indicator indicator, JsonElement sent) => Error("F314",
        $"{indicator.NameZh} 的日期不对：{Quote(sent)}。", $"{indicator.NameEn}: {Quote(sent)} is not a date.",
        "写成 年-月-日，如 2022-03-15。", "Write it as year-month-day, such as 2022-03-15.", indicator);

    public static Finding NoSuchStage(Indicator indicator, decimal value)
    {
        var stages = indicator.Kind.StagesOf(indicator);
        return Error("F315",
            $"{indicator.NameZh} 没有第 {FormatNumber(value)} 阶段。", $"{indicator.NameEn} has no stage {FormatNumber(value)}.",
            $"填整数：{string.Join('、', stages.Select((stage, i) => $"{i} {stage.NameZh}"))}。",
            $"Write a whole number: {string.Join(", ", stages.Select((stage, i) => $"{i} {stage.NameEn}"))}.",
            indicator, new Dictionary<string, decimal> { [FigureNames.Value] = value });
    }

    public static Finding StageWithoutDate(Indicator indicator) => Error("F316",
        $"{indicator.NameZh} 没有写达到的日期。", $"{indicator.NameEn} has no date on which it was reached.",
        "日期与阶段一并填报：填写达到所填阶段的 date，如 2022-03-15。",
        "A date goes with its stage: give 'date', the day on which this stage was reached, such as 2022-03-15.", indicator);

    public static Finding DateAfterMonth(Indicator indicator, DateOnly date, Period period) => Error("F317",
        $"{indicator.NameZh} 的日期 {date:yyyy-MM-dd} 晚于报告期（{period.NameZh}）。",
        $"{indicator.NameEn}: {date:yyyy-MM-dd} is after the month reported, {period}.",
        "填报告期末之前达到的阶段和日期；以后达到的在以后的月份填报。", "Report the stage reached by the month's end and its date; a later one belongs to a later month.",
        indicator);

    public static Finding DateWithoutStage(Indicator indicator) => Error("F318",
        $"{indicator.NameZh} 的值是 0，不应有日期。", $"{indicator.NameEn} is 0 and has a date.",
        "删去 date；已经达到的，请填达到的阶段。", "Leave 'date' out; if a stage was reached, give it.", indicator);

    public static Finding DateTooEarly(Indicator indicator, DateOnly date, DateOnly earliest) => Error("F319",
        $"{indicator.NameZh} 的日期 {date:yyyy-MM-dd} 早于 {earliest:yyyy-MM-dd}。",
        $"{indicator.NameEn}: {date:yyyy-MM-dd} is before {earliest:yyyy-MM-dd}.",
        "核对年份，填写实际达到的日期。", "Check the year, and give the day on which it was reached.", indicator);
}
