using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Embedding;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>Builds what the charts of an indicator say of themselves when they are taken along.</summary>
public sealed class ChartPictures
{
    private readonly PageContext _page;
    private readonly AmountFormat _amounts;
    private readonly ResultState? _state;
    private readonly Lang _lang;
    private readonly bool _canBeEmbedded;

    /// <param name="page">The unit and month.</param>
    /// <param name="amounts">The indicator, with the unit of its amounts.</param>
    /// <param name="state">The state of the month's figure; null: there is none.</param>
    /// <param name="lang">The reader's language.</param>
    /// <param name="canBeEmbedded">Whether the settings name pages that may embed charts.</param>
    internal ChartPictures(PageContext page, AmountFormat amounts, ResultState? state, Lang lang, bool canBeEmbedded = false) =>
        (_page, _amounts, _state, _lang, _canBeEmbedded) = (page, amounts, state, lang, canBeEmbedded);

    /// <param name="id">The id of the chart's place on the page.</param>
    /// <param name="what">What the chart shows.</param>
    /// <param name="unit">The unit of its figures.</param>
    /// <param name="table">The name of the exported table of its figures.</param>
    /// <param name="embed">The chart's name in the address for frames; null: it cannot be embedded.</param>
    public ChartPicture For(string id, string what, string unit, string table, string? embed = null)
    {
        var (unitZh, unitEn) = (_page.Unit.NameZh, _page.Unit.NameEn);
        var title = $"{_lang.T(unitZh, unitEn)} {_page.Catalogue.IndicatorName(_amounts.Indicator.Code, _lang)} {what} {_page.Period}";
        return new(id, title, _lang.T($"单位：{unit}", $"Unit: {unit}"), Source, FileOf(table, "csv"), FileOf(table, "xlsx"),
            _canBeEmbedded && embed is not null ? EmbedOf(embed) : null);
    }

    // Of the newest month it names none, so that it shows the next one as soon as there is one.
    private string EmbedOf(string chart) =>
        $"{EmbedApi.Path}?unit={_page.Unit.Code}&indicator={Uri.EscapeDataString(_amounts.Indicator.Code)}&chart={chart}"
        + $"&lang={_lang.T("zh", "en")}{(_page.Period == _page.Status.Last ? "" : $"&period={_page.Period}")}";

    private string Source
    {
        get
        {
            var known = _state is { } state ? FigureFormat.State(state, _lang) : "";
            var inBrackets = known.Length == 0 ? "" : _lang.T($"（{known}）", $" ({known})");
            var day = FigureFormat.Time(_page.Status.Now)[..10];
            return _lang.T($"来源：西林街道月度指标；数据截至{FigureFormat.Month(_page.Period, _lang)}{inBrackets}；制图日期：{day}",
                $"Source: Xilin monthly indicators; figures of {_page.Period}{inBrackets}; drawn on {day}");
        }
    }

    private string FileOf(string table, string kind) => _page.UrlFor(
        $"/export/{table}.{kind}",
        more: [("indicator", _amounts.Indicator.Code), .. _amounts.Exact ? new[] { ("exact", "1") } : []]);
}
