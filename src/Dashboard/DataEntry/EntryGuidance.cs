using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.DataEntry;

/// <summary>How an indicator is filled in, by its kind.</summary>
internal static class EntryGuidance
{
    public static string Text(CatalogueIndicator indicator, Lang lang)
    {
        List<string> sentences =
        [
            indicator.IsRatio
                ? lang.T("分子、分母都填，比率由系统计算。", "Give both numerator and denominator; the rate is computed.")
                : indicator.Stages.Count > 0
                ? lang.T("选择月末所处的阶段，并填写达到的日期。", "Choose the stage at the month's end, and give the date when it was reached.")
                : indicator.IsAtMonthEnd
                ? lang.T($"填月末数，不是本月新增数，计量单位为{indicator.Unit}。",
                    $"The number at the month's end, not what was added in the month; in {new AmountFormat(indicator, true).Unit(lang)}.")
                : lang.T($"填本月发生数，不是累计数，计量单位为{indicator.Unit}；没有发生填 0。",
                    $"What happened in the month alone, in {new AmountFormat(indicator, true).Unit(lang)}; 0 where nothing happened."),
        ];
        if (indicator.Basis == "Comparable")
        {
            sentences.Add(lang.T("上年同期填本单位现在核定的数，增幅按可比口径计算。",
                "For last year give the figure as the unit reports it today: growth is computed on that basis."));
        }

        if (indicator.MayBeNegative)
        {
            sentences.Add(lang.T("可以为负数。", "It may be negative."));
        }

        return string.Join(lang.T("", " "), sentences);
    }
}
