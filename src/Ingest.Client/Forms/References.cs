using System.Globalization;
using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Forms;

/// <summary>Last month's and last year's figures of a unit, from <c>/api/series</c>.</summary>
internal static class References
{
    /// <exception cref="HttpRequestException">The service cannot be reached, or does not know.</exception>
    public static async Task<FormRow> FetchAsync(HttpClient service, Unit unit, Indicator indicator, Period period, CancellationToken cancellationToken)
    {
        var years = new Dictionary<int, JsonElement>();
        foreach (var year in new[] { period.Previous.Year, period.Year - 1 }.Distinct())
        {
            var answer = await service.GetStringAsync($"api/series?unit={unit.Code}&indicator={indicator.Code}&year={year.ToString(CultureInfo.InvariantCulture)}", cancellationToken);
            using var document = JsonDocument.Parse(answer);
            years[year] = document.RootElement.Clone();
        }

        return new FormRow(
            indicator,
            Figure(years[period.Previous.Year], period.Previous, "month"),
            Figure(years[period.Year - 1], period.SameMonthLastYear, "month"),
            Figure(years[period.Year - 1], period.SameMonthLastYear, "yearToDate"));
    }

    private static decimal? Figure(JsonElement series, Period period, string field)
    {
        var point = series.EnumerateArray().FirstOrDefault(point => point.GetProperty("period").GetString() == period.ToString());
        return point.ValueKind == JsonValueKind.Object && point.TryGetProperty(field, out var figure) && figure.ValueKind == JsonValueKind.Number ? figure.GetDecimal() : null;
    }
}
