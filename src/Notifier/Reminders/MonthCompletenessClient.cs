using System.Text.Json;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Who has reported a month, from the API of an aggregator.</summary>
internal sealed class MonthCompletenessClient(AggregatorConnection aggregator) : IMonthCompleteness
{
    public async Task<MonthCompleteness?> ReadAsync(string unit, string period, CancellationToken cancellationToken)
    {
        var body = await aggregator.GetAsync(
            $"/api/completeness?unit={Uri.EscapeDataString(unit)}&period={Uri.EscapeDataString(period)}", cancellationToken);
        var month = body is null ? null : JsonSerializer.Deserialize<MonthCompleteness>(body, ApiJson.Options);
        return month is { MayLackReports: true } ? throw CompletenessUnknownException.MayLackReports : month;
    }
}
