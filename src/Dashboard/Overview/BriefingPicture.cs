using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Overview;

/// <summary>The briefing as it is drawn for a group chat: the verdict, what is behind and because of whom, with date and source.</summary>
internal static class BriefingPicture
{
    private const string Red = "#b42318";
    private const string Amber = "#8a5a00";

    public static object Build(
        PageContext page, IReadOnlyList<ReportRow> rows, IReadOnlyList<(ReportRow Row, TargetShortfall Shortfall)> behind, Lang lang)
    {
        var title = lang.T(
            $"{page.Unit.NameZh}{FigureFormat.Month(page.Period, lang)}指标速报", $"{page.Unit.NameEn}, {page.Period}: briefing");
        return new
        {
            title,
            lead = BriefingText.Verdict(rows, behind is [var worst, ..] ? worst : null, page.Catalogue, page.Period, lang),
            items = behind.Select(each => new
            {
                text = BriefingText.Describe(each.Row, each.Shortfall, page.Catalogue, page.Period, lang),
                cause = Causes(each.Shortfall, page.Catalogue, lang),
                colour = each.Shortfall.Colour == TargetColour.Red ? Red : Amber,
            }),
            footer = Source(page, lang),
            name = title,
        };
    }

    /// <summary>When the figures were as they are shown, and where they come from.</summary>
    public static string Source(PageContext page, Lang lang) => lang.T(
        $"截至{FigureFormat.Time(page.Status.Now)}，台账第{page.Status.Through}号。来源：街道月度指标系统。",
        $"As of {FigureFormat.Time(page.Status.Now)}, ledger row {page.Status.Through}. Source: the monthly indicators.");

    private static string? Causes(TargetShortfall shortfall, CatalogueView catalogue, Lang lang) => shortfall.Causes.Count == 0
        ? null
        : ShortfallCauses.Lead(shortfall, lang) + string.Join(lang.T("、", ", "), shortfall.Causes.Select(cause =>
            ShortfallCauses.Describe(shortfall, cause, catalogue, lang))) + ShortfallCauses.Tail(shortfall, lang);
}
