using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Overview;

namespace XilinIngest.Dashboard.Report;

/// <summary>What is behind its target: by how much, for how long, and because of which units, as far as the reader may see them.</summary>
internal static class ReportShortfalls
{
    public static IReadOnlyList<ReportPassage> Build(ReportAnswer answer, CatalogueView catalogue, Lang lang)
    {
        var (rows, period) = (answer.Report.Rows, answer.Report.Period);
        if (rows.All(row => row.Target is null))
        {
            return [];
        }

        var behind = answer.Shortfalls.Join(rows, each => each.Indicator, row => row.Indicator, (shortfall, row) => (row, shortfall))
            .ToList();
        return
        [
            new("", [new ReportPiece(behind.Count == 0 ? BriefingText.Verdict(rows, null, catalogue, period, lang)
                : Count(rows.Count(row => row.Colour is not null), behind.Count, lang))]),
            .. behind.Select((each, at) => new ReportPassage(ReportText.Numbered(at, lang),
            [
                new ReportPiece(BriefingText.Describe(each.row, each.shortfall, catalogue, period, lang), each.row.Indicator),
                new ReportPiece(Causes(each.shortfall, catalogue, lang) + lang.T("。", ".")),
            ])),
        ];
    }

    private static string Count(int judged, int behind, Lang lang) => lang.T(
        $"{judged}项考核指标中，{behind}项落后于目标或时序进度。", $"Of {judged} judged indicators, {behind} are behind target or pace.");

    private static string Causes(TargetShortfall shortfall, CatalogueView catalogue, Lang lang) => shortfall.Causes.Count == 0
        ? ""
        : lang.T("，主要受", "; its growth is pulled down by ") + string.Join(lang.T("、", ", "), shortfall.Causes.Select(cause =>
            ShortfallCauses.InSentence(shortfall, cause, catalogue, lang))) + lang.T("影响", "");
}
