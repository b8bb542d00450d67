using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Report;

/// <summary>The ranks of the report: which indicators are in the top three, then the rank of each and how it has moved.</summary>
internal static class ReportRanks
{
    public static IReadOnlyList<ReportPassage> Build(AnnualReport report, CatalogueView catalogue, CatalogueUnit unit, Lang lang)
    {
        var ranked = report.Rows.Where(row => row.Rank is not null).ToList();
        if (ranked.Count == 0)
        {
            return [];
        }

        var whole = Whole(catalogue, unit, report.Period, lang);
        var sentences = ranked.SelectMany((row, at) => new[]
        {
            new ReportPiece(at == 0 ? "" : lang.T("；", "; ")), new ReportPiece(Sentence(row, catalogue, whole, lang), row.Indicator),
        });
        return [new("", [.. Top(report, catalogue, whole, lang), .. sentences, new ReportPiece(lang.T("。", "."))])];
    }

    private static IEnumerable<ReportPiece> Top(AnnualReport report, CatalogueView catalogue, string whole, Lang lang)
    {
        if (report.TopThree.Count > 0)
        {
            var names = string.Join(lang.T("、", ", "), report.TopThree.Select(code => catalogue.IndicatorName(code, lang)));
            yield return new(lang.T($"{names}{report.TopThree.Count}项指标增幅进入{whole}前三。",
                $"In the top three of the {whole} by growth ({report.TopThree.Count}): {names}. "));
        }
    }

    private static string Sentence(ReportRow row, CatalogueView catalogue, string whole, Lang lang)
    {
        var by = catalogue.Indicator(row.Indicator)?.RankBy switch
        {
            "Growth" => lang.T("增幅", " by growth"),
            "Completion" => lang.T("完成进度", " by completion"),
            _ => "",
        };
        var provisional = row.RankingState == ResultState.Provisional ? lang.T("（快报）", " [provisional]") : "";
        return lang.T(
            $"{row.NameZh}{by}居{whole}第{row.Rank}位（共{row.Ranked}个）{Movement(row, lang)}{provisional}",
            $"{row.NameEn}{by} {row.Rank} of {row.Ranked} in the {whole}{Movement(row, lang)}{provisional}");
    }

    private static string Movement(ReportRow row, Lang lang) => (row.PreviousRank - row.Rank) switch
    {
        null => "",
        0 => lang.T("，与上月持平", ", as the month before"),
        > 0 and var up => lang.T($"，较上月上升{up}位", $", up {up} since the month before"),
        var down => lang.T($"，较上月下降{-down}位", $", down {-down} since the month before"),
    };

    private static string Whole(CatalogueView catalogue, CatalogueUnit unit, string period, Lang lang) =>
        (CatalogueView.ParentOf(unit, period) is { } parent ? catalogue.Unit(parent)?.Kind : null) switch
        {
            "Province" => lang.T("全省", "province"),
            "City" => lang.T("全市", "city"),
            "District" => lang.T("全区", "district"),
            "Town" => lang.T("全镇", "town"),
            _ => lang.T("全街道", "sub-district"),
        };
}
