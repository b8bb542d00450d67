using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tables;

/// <summary>The words of a table where there is no figure, on the page and in its files.</summary>
internal static class DeskAbsence
{
    public static string Word(FigureAbsence absence, Lang lang) => absence switch
    {
        FigureAbsence.Exempt => lang.T("免报", "exempt"),
        FigureAbsence.NotDueYet => lang.T("未到期", "not due yet"),
        FigureAbsence.Missing => lang.T("未报", "missing"),
        _ => NotApplicable(lang),
    };

    public static string NotApplicable(Lang lang) => lang.T("不适用", "n/a");

    public static string NoBase(Lang lang) => lang.T("无基数", "no base");

    public static string NotCompared(Lang lang) => lang.T("不计同比", "not compared");

    public static string None(Lang lang) => lang.T("无", "none");

    /// <summary>What the words below a table mean.</summary>
    public static string Legend(Lang lang) => lang.T(
        "免报：1月按制度不报。未报：报送期限已过。未到期：报送期限未到。不适用：该单位不报这项指标，或该月不在报送日历内，或该指标不计增幅。不计同比：企业只有报数，不计算同比。"
        + "无基数：没有可以相比的上年同期数。"
        + "无：没有这个数。–：无权查看。上年同期（同比基数）：计算同比所用的数，可比口径的指标为各单位现报的上年同期数；没有同比的为上年原报数。",
        "exempt: January is not reported. missing: the deadline has passed. not due yet: it has not. n/a: the unit does not report the "
        + "indicator, the calendar does not have the month, or there is no growth. "
        + "not compared: no growth is computed for an enterprise. "
        + "no base: there is nothing of last year to compare with. none: there is no such figure. "
        + "–: you may not see it. A year before (base of the growth): what the growth was computed from; on the comparable basis, what "
        + "the units report today for last year; without a growth, what was recorded then.");
}
