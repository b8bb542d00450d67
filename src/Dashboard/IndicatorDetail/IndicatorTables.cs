using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>Which table of an indicator's page is wanted as a file.</summary>
/// <param name="Catalogue">The catalogue in force.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">The month.</param>
/// <param name="Exact">Whether amounts are exact, in the canonical unit.</param>
/// <param name="Lang">The reader's language.</param>
internal sealed record IndicatorTableRequest(
    CatalogueView Catalogue, CatalogueUnit Unit, CatalogueIndicator Indicator, string Period, bool Exact, Lang Lang)
{
    /// <summary>The name of the file.</summary>
    public string Named(string zh, string en) =>
        $"{Lang.T(Unit.NameZh, Unit.NameEn)} {Lang.T(Indicator.NameZh, Indicator.NameEn)} {Lang.T(zh, en)} {Period}";

    public AmountFormat AmountsFor(IEnumerable<decimal?> amounts) =>
        AmountFormat.ForLevel(Indicator, IndicatorQueries.IsBelowStreet(Unit), Exact || IndicatorQueries.IsRaw(Unit))
            .ScaledFor(Lang, amounts);
}

/// <summary>The tables of an indicator's page as files.</summary>
internal static class IndicatorTables
{
    /// <summary>What each unit below adds to the growth.</summary>
    public static async Task<ServiceResponse<ExportTable>> ContributionsAsync(ServiceClient client, IndicatorTableRequest of)
    {
        var below = await IndicatorQueries.ChildUnitsAsync(client, of.Catalogue, of.Unit, of.Indicator, of.Period, of.Lang);
        var months = await IndicatorQueries.MonthsAsync(client, of.Unit, of.Indicator.Code, of.Period[..4]);
        if (below.Value is not { } units || months.Value is not { } year)
        {
            return new(null, below.Problem ?? months.Problem);
        }

        return GrowthContributions.Build(units, year.Find(month => month.Period == of.Period)?.Growth, of.Lang) is { } parts
            ? new(parts.ToTable(of.Named("拉动点", "parts of the growth"), of.Lang), null)
            : new(null, new("本月增幅不能分解到下级单位。", "The growth of this month cannot be split among the units below.",
                StatusCodes.Status404NotFound));
    }

    /// <summary>What the year is expected to come to, below the earlier years that it is worked out from.</summary>
    public static async Task<ServiceResponse<ExportTable>> EstimateAsync(ServiceClient client, IndicatorTableRequest of)
    {
        var answer = await client.GetAsync<YearEstimate>(
            $"/api/estimate?unit={of.Unit.Code}&indicator={of.Indicator.Code}&period={of.Period}");
        if (answer.Value is not { } estimate)
        {
            return new(null, answer.Problem);
        }

        var (lang, amounts) = (of.Lang, of.AmountsFor(estimate.Years.Select(year => (decimal?)year.FullYear).Append(estimate.Amount)));
        string InUnit(string zh, string en) => lang.T($"{zh}（{amounts.Unit(lang)}）", $"{en} ({amounts.Unit(lang)})");
        return new(new(
            of.Named("全年预计", "estimate of the full year"),
            [
                lang.T("年份", "Year"), InUnit("截至同月累计", "By the month"), InUnit("全年", "Full year"), lang.T("比重（%）", "Share (%)"),
                InUnit("预计", "Estimate"), lang.T("误差（%）", "Error (%)"), InUnit("区间下限", "Lower end"), InUnit("区间上限", "Upper end"),
            ],
            [
                .. estimate.Years.Select(year => new object?[]
                {
                    year.Year, amounts.Number(year.YearToDate), amounts.Number(year.FullYear), year.SharePercent,
                    amounts.Number(year.Estimate), year.ErrorPercent, null, null,
                }),
                .. estimate.Amount is { } amount
                    ? new object?[][]
                    {
                        [
                            lang.T($"{of.Period[..4]}年预计", $"{of.Period[..4]}, estimated"), null, null, estimate.SharePercent,
                            amounts.Number(amount), estimate.ErrorPercent, amounts.Number(estimate.Low), amounts.Number(estimate.High),
                        ],
                    }
                    : [],
            ]), null);
    }

    /// <summary>The months of the year.</summary>
    public static async Task<ServiceResponse<ExportTable>> MonthsAsync(ServiceClient client, IndicatorTableRequest of)
    {
        var months = await IndicatorQueries.MonthsAsync(client, of.Unit, of.Indicator.Code, of.Period[..4]);
        return months.Value is not { } found ? new(null, months.Problem)
            : new(SeriesTables.Months(of.Named("各月", "by month"), found,
                of.AmountsFor(found.Select(month => month.YearToDate ?? month.Month)), of.Lang), null);
    }

    /// <summary>The year and those before it.</summary>
    public static async Task<ServiceResponse<ExportTable>> YearsAsync(ServiceClient client, IndicatorTableRequest of)
    {
        var begin = await client.GetAsync<ReportingStatus>("/api/begin");
        if (begin.Value is not { } status)
        {
            return new(null, begin.Problem);
        }

        var years = await IndicatorQueries.YearsAsync(client, of.Unit, of.Indicator.Code, of.Period[..4], status.First);
        return years.Value is not { } found ? new(null, years.Problem)
            : new(SeriesTables.Years(of.Named("历年", "by year"), found,
                of.AmountsFor(found.SelectMany(year => year.Months).Select(month => month.YearToDate ?? month.Month)), of.Lang), null);
    }
}
