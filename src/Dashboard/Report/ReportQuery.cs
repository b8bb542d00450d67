using System.Globalization;
using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Report;

/// <summary>What a report is made of, as the services answer it to its reader.</summary>
/// <param name="Report">The figures.</param>
/// <param name="Shortfalls">What is behind its target, and which units pull it down.</param>
/// <param name="Texts">The sections that were edited.</param>
internal sealed record ReportAnswer(AnnualReport Report, IReadOnlyList<TargetShortfall> Shortfalls, ReportTexts Texts)
{
    /// <summary>As everyone with a right may read it: single enterprises are no causes.</summary>
    public ReportAnswer WithoutEnterprises(CatalogueView catalogue) => this with
    {
        Shortfalls = [.. Shortfalls.Select(shortfall => shortfall with
        {
            Causes = [.. shortfall.Causes.Where(cause => catalogue.Unit(cause.Unit)?.Kind != CatalogueView.Enterprise)],
        })],
    };
}

/// <summary>Asks for a report.</summary>
internal static class ReportQuery
{
    /// <param name="client">Asks in the name of the reader.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="year">The year.</param>
    /// <param name="month">The last month; null: the last reported one.</param>
    /// <param name="release">The release of the month; null: the present figures.</param>
    public static async Task<ServiceResponse<ReportAnswer>> LoadAsync(
        ServiceClient client, CatalogueUnit unit, string year, int? month, int? release)
    {
        var ofRelease = release is { } number ? $"&release={Text(number)}" : "";
        var report = await client.GetAsync<AnnualReport>(
            $"/api/report/{year}?unit={unit.Code}{(month is { } last ? $"&month={Text(last)}" : "")}{ofRelease}");
        if (report.Value is not { } found)
        {
            return new(null, report.Problem);
        }

        var shortfalls = await client.GetAsync<List<TargetShortfall>>(
            $"/api/shortfalls?unit={unit.Code}&period={found.Period}{ofRelease}");
        if (shortfalls.Value is not { } behind)
        {
            return new(null, shortfalls.Problem);
        }

        var texts = await client.GetAsync<ReportTexts>($"/api/report/texts?unit={unit.Code}&period={found.Period}{ofRelease}");
        return texts.Value is { } edited ? new(new(found, behind, edited), null) : new(null, texts.Problem);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
