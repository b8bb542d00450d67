using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;

namespace XilinIngest.Dashboard.Embedding;

/// <summary>What an embedded chart shows.</summary>
/// <param name="Picture">Its title, unit and source.</param>
/// <param name="Options">Its options, for the library that draws it; null: it has no number to draw, and its figures are words.</param>
/// <param name="Page">The address of the indicator's own page.</param>
/// <param name="Headings">The headings of its figures.</param>
/// <param name="Rows">Its figures by month.</param>
public sealed record EmbeddedChart(
    ChartPicture Picture, object? Options, string Page, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    internal static EmbeddedChart Build(
        PageContext page, AmountFormat amounts, ResultState? state, MonthsChart chart, IReadOnlyList<string> names, Lang lang)
    {
        return new(
            new ChartPictures(page, amounts, state, lang).For("chart", chart.Name, chart.Unit, "months"),
            chart.IsInWords ? null : YearChart.Build(names, chart.Unit, chart.Series),
            page.UrlFor("/indicator", more: [("indicator", amounts.Indicator.Code)]),
            [lang.T("月份", "Month"), .. chart.Series.Select(each => each.Name)],
            [
                .. names.Select((name, at) => (IReadOnlyList<string>)
                    [name, .. chart.Series.Select(each => each.Texts.ElementAtOrDefault(at) ?? FigureFormat.NoFigure)]),
            ]);
    }
}
