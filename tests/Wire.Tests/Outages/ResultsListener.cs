using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using XilinIngest.Contracts;
using XilinIngest.TestBrokers;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>One version of one result, as a message or as the cube keeps it.</summary>
/// <param name="Event">The contract's name.</param>
/// <param name="Unit">The unit, or a ranking's parent.</param>
/// <param name="Indicator">Its code; of a review the row of the report, of a month's change empty.</param>
/// <param name="Period">The month, or an alert's year.</param>
/// <param name="Version">From 1.</param>
internal sealed record ResultKey(string Kind, string Unit, string Indicator, string Period, int Version)
{
    /// <summary>Those that a message holds, each with all that it says.</summary>
    internal static IEnumerable<(ResultKey Key, JsonObject Result)> ReadResults(string contract, JsonObject message)
    {
        var period = (string)message["period"]!;
        switch (contract)
        {
            case nameof(TotalsPublished):
                return message["totals"]!.AsArray().Select(total => (
                    new ResultKey("total", (string)message["unit"]!, (string)total!["indicator"]!, period, (int)total["version"]!),
                    new JsonObject { ["at"] = message["publishedAt"]!.DeepClone(), ["total"] = total.DeepClone() }));
            case nameof(RankingPublished):
                return [(new ResultKey("ranking", (string)message["parent"]!, (string)message["indicator"]!, period,
                    (int)message["version"]!), message)];
            case nameof(ReportReviewed):
                return [(new ResultKey("review", (string)message["unit"]!, $"{message["row"]}", period,
                    (int)message["version"]!), message)];
            case nameof(MonthChanged):
                return [(new ResultKey("month", (string)message["unit"]!, "", period, (int)message["version"]!), message)];
            default:
                return [(new ResultKey("alert", (string)message["unit"]!, (string)message["indicator"]!, $"{message["year"]}",
                    (int)message["version"]!), message)];
        }
    }
}

/// <summary>Someone who keeps all results in a queue of its own, and reads it.</summary>
internal sealed class ResultsListener(TestBroker broker)
{
    private const string Queue = "listener.results";
    private int _messages;

    internal ConcurrentDictionary<ResultKey, string> Results { get; } = [];

    /// <summary>Results said twice under one version, and not alike.</summary>
    internal ConcurrentQueue<string> Contradictions { get; } = [];

    internal int Messages => _messages;

    internal async Task DeclareAsync()
    {
        await using var connection = await broker.ConnectAsync("listener");
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string,
            object?>
        { ["x-queue-type"] = "quorum" });
        await channel.QueueBindAsync(Queue, Exchanges.Results, "#");
    }

    internal Task ListenAsync(
        CancellationToken cancellationToken) => ReconnectingConsumer.ReadAsync(() => broker.ConnectAsync("listener"), Queue, delivery =>
    {
        Interlocked.Increment(ref _messages);
        foreach (var (key, result) in ResultKey.ReadResults(delivery.BasicProperties.Type!, JsonNode.Parse(delivery.Body.Span)!.AsObject()))
        {
            var text = result.ToJsonString();
            if (Results.GetOrAdd(key, text) != text)
            {
                Contradictions.Enqueue($"{key}: {Results[key]} and {text}");
            }
        }
    }, cancellationToken);
}
