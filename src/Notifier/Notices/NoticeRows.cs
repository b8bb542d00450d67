using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Notices;

/// <summary>The publication through which the published alerts were read.</summary>
/// <param name="Publication">0: none was read.</param>
/// <param name="PublishedAt">Its time.</param>
internal sealed record HistoryPosition(long Publication, string PublishedAt)
{
    public static HistoryPosition Beginning { get; } = new(0, "");
}

/// <summary>What a route was told last of an alert.</summary>
/// <param name="Colour">The colour, as the route was told it; green: nothing, or that the alert is over.</param>
/// <param name="EventId">The event through which the alert's versions are told.</param>
internal sealed record ToldState(Colour Colour, long EventId)
{
    public static ToldState Nothing { get; } = new(Colour.Green, 0);
}

/// <summary>A notice in the outbox.</summary>
internal sealed record NoticeRow
{
    public long Number { get; init; }

    /// <summary>The id by which a receiver recognises a notice that it has already: the same at every attempt.</summary>
    public string Id { get; init; } = "";
    public string Route { get; init; } = "";
    public string GroupKey { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Reason { get; init; } = "";
    public string CreatedAt { get; init; } = "";
    public string Content { get; init; } = "";

    /// <summary>pending, sent or refused.</summary>
    public string State { get; init; } = "";
    public long Attempts { get; init; }
    public string NextAttemptAt { get; init; } = "";
    public string? FinishedAt { get; init; }
    public string? Answer { get; init; }
}
