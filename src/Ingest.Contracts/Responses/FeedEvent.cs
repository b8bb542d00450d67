using System.Text.Json;

namespace XilinIngest.Contracts.Responses;

/// <summary>A result in a list of events.</summary>
/// <param name="Id">Its position in the feed. A later event has a larger id.</param>
/// <param name="Event">The contract's name, such as <c>AlertRaised</c>.</param>
/// <param name="Data">The message as it was published.</param>
public sealed record FeedEvent(long Id, string Event, JsonElement Data);
