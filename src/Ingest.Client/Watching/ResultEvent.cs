namespace XilinIngest.Client.Watching;

/// <summary>A result as it was published.</summary>
/// <param name="Id">Its place in the feed, to resume from; null over the message queue, which has none.</param>
/// <param name="Type">The contract's name.</param>
/// <param name="Data">JSON, UTF-8.</param>
internal sealed record ResultEvent(string? Id, string Type, byte[] Data);
