using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Overview;

namespace XilinIngest.Dashboard.Rankings;

/// <summary>The table of all rankings as it is drawn for a group chat.</summary>
internal static class RankingPicture
{
    // Of the quarters of the ranks, as on the page; without a rank and in the last quarter it is white.
    private static readonly string?[] Tints = [null, "#c9def5", "#e2edf9", "#f3f8fd", null];

    public static object Build(PageContext page, RankingMatrix matrix, Lang lang)
    {
        var table = matrix.ToTable(page.Catalogue, lang);
        return new
        {
            title = table.Name,
            headings = matrix.Columns.Select(column => $"{column.Name(lang)} {column.By(lang)}")
                .Prepend(lang.T("单位", "Unit")),
            rows = matrix.Units.Select(unit => matrix.Columns.Select(column => Cell(column, unit, lang))
                .Prepend(new PictureCell(lang.T(unit.NameZh, unit.NameEn), null, null))),
            footer = BriefingPicture.Source(page, lang),
            name = table.Name,
        };
    }

    private static PictureCell Cell(RankingColumn column, CatalogueUnit unit, Lang lang) => column.PlaceOf(unit) is { } place
        ? new(
            FigureFormat.Number(place.Rank), column.Text(place, lang) + Moved(place.PreviousRank, place.Rank),
            Tints[column.QuarterOf(place)])
        : new(FigureFormat.NoFigure, null, null);

    private static string Moved(int? before, int? now) =>
        before > now ? $" ↑{before - now}" : before < now ? $" ↓{now - before}" : "";

    private sealed record PictureCell(string Text, string? Detail, string? Tint);
}
