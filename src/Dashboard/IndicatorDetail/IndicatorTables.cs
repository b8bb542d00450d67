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
        new AmountFormat(Indicator, Exact || IndicatorQueries.IsRaw(Unit)).ScaledFor(Lang, amounts);
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
}
