using System.Text.Json;
using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Alerts;

/// <summary>Reads an alert event of the feed, as the contract that was published.</summary>
internal static class AlertEventReader
{
    public static AlertEvent Read(FeedEvent happened) => happened.Event switch
    {
        nameof(AlertRaised) => happened.Data.Deserialize<AlertRaised>(WireFormat.Options)!,
        nameof(AlertChanged) => happened.Data.Deserialize<AlertChanged>(WireFormat.Options)!,
        nameof(AlertCleared) => happened.Data.Deserialize<AlertCleared>(WireFormat.Options)!,
        _ => throw new InvalidDataException($"Event {happened.Id} is a {happened.Event}, which is no alert."),
    };
}
