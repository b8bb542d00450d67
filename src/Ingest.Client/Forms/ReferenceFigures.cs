using System.Text.Json;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Client.Forms;

/// <summary>The effective figures of an indicator, and those of last month and last year, from <c>/api/form</c>.</summary>
internal sealed record ReferenceFigures(FormEntry Entry)
{
    /// <exception cref="HttpRequestException">The service cannot be reached or has no such form.</exception>
    public static async Task<IReadOnlyDictionary<string, ReferenceFigures>> FetchAsync(
        HttpClient service, Unit unit, Period period, CancellationToken cancellationToken)
    {
        var answer = await service.GetStringAsync($"api/form?unit={unit.Code}&period={period}", cancellationToken);
        var form = JsonSerializer.Deserialize<UnitForm>(answer, JsonSerializerOptions.Web) ?? throw new JsonException("The form is empty.");
        return form.Entries.ToDictionary(entry => entry.Indicator, entry => new ReferenceFigures(entry));
    }

    public FormRow ToRow(Indicator indicator) => FormRow.Build(indicator, Entry);
}
