using System.Globalization;
using System.Text;
using System.Text.Json;

namespace XilinIngest.Notifier.Events;

/// <summary>The published alerts, from the API of an aggregator.</summary>
internal sealed class AlertHistoryClient(AggregatorConnection aggregator) : IAlertHistory
{
    public async Task<IReadOnlyList<PublishedAlert>> ReadFromAsync(long publication, int limit, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/alerts/events?from={publication}&limit={limit}");
        var body = await aggregator.GetAsync(path, cancellationToken)
            ?? throw new HttpRequestException("The aggregator has no alert events: it is of an older version.");
        using var events = JsonDocument.Parse(body);
        return
        [
            .. events.RootElement.EnumerateArray().Select(each => new PublishedAlert(
                each.GetProperty("id").GetInt64(), Encoding.UTF8.GetBytes(each.GetProperty("data").GetRawText()))),
        ];
    }
}
