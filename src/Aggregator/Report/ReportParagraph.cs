using System.Globalization;
using System.Text;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>
/// Writes the paragraph of the report: a line for each section, and after the first line the growth rates in the top three. A zero that
/// says nothing is left out, as in the statements. It is given the rows of what the unit reports, and of what it is exempt from.
/// </summary>
internal static class ReportParagraph
{
    public static string Zh(List<ReportRow> rows, List<Indicator> top, UnitKind? among, Period period) => Write(
        rows, section => section + "。", row => row.PhraseZh,
        OpeningZh(rows, period), "；", '。', TopZh(top, among), rows.Count == 0 ? "没有应报指标。" : "各项指标均为零。");

    public static string En(List<ReportRow> rows, List<Indicator> top, UnitKind? among, Period period) => Write(
        rows, _ => "", row => row.PhraseEn,
        period.Month switch
        {
            1 => "January: ",
            12 => "The whole year: ",
            _ => $"January to {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(period.Month)}: ",
        }, "; ", '.', TopEn(top, among), rows.Count == 0 ? "Nothing is due." : "All indicators are zero.");

    // What has no figure is not completed.
    private static string OpeningZh(List<ReportRow> rows, Period period)
    {
        var months = period.Month switch { 1 => "1月", 12 => "全年", _ => $"1—{period.Month}月" };
        var expected = period.Month == 12 && !IsFinal(rows) ? "预计" : "";
        return rows.Find(IsTold) is { YearToDate: null } ? months + "，" : $"{months}{expected}完成";
    }

    // Until all figures of the year are final, they are what is expected.
    public static bool IsFinal(List<ReportRow> rows) => rows.TrueForAll(row => row.State == ResultState.Final || row.Expected == 0);

    private static string Write(
        List<ReportRow> rows, Func<string, string> heading, Func<ReportRow, string> phrase, string opening, string separator, char end,
        string topSentence, string nothing)
    {
        var text = new StringBuilder();
        foreach (var (i, section) in rows.Where(IsTold).GroupBy(row => (row.Chapter, row.Section)).Index())
        {
            text.Append(heading(section.Key.Section))
                .Append(i == 0 ? opening : "").AppendJoin(separator, section.Select(phrase)).Append(end)
                .Append(i == 0 ? topSentence : "").Append('\n');
        }

        return text.Length == 0 ? nothing : text.ToString().TrimEnd('\n');
    }

    // A figure that is missing is told as such.
    private static bool IsTold(ReportRow row) => row.YearToDate is null || row.StatementZh is not null;

    // The siblings of the top three may be a sub-district's villages or a district's sub-districts.
    private static string TopZh(List<Indicator> top, UnitKind? among)
    {
        var names = top.Select(indicator => (indicator.Printing.RankNameZh is { Length: > 0 } name ? name : indicator.NameZh) + "增幅");
        var whole = among switch
        {
            UnitKind.Province => "全省",
            UnitKind.City => "全市",
            UnitKind.District => "全区",
            UnitKind.Town => "全镇",
            _ => "全街道",
        };
        return top.Count == 0 ? "" : $"{string.Join('、', names)}{top.Count}项指标排名{whole}前三。";
    }

    private static string TopEn(List<Indicator> top, UnitKind? among)
    {
        var whole = among switch
        {
            UnitKind.Province => "province",
            UnitKind.City => "city",
            UnitKind.District => "district",
            UnitKind.Town => "town",
            _ => "sub-district",
        };
        return top.Count == 0
            ? "" : $" In the {whole}'s top three by growth ({top.Count}): {string.Join(", ", top.Select(indicator => indicator.NameEn))}.";
    }
}
