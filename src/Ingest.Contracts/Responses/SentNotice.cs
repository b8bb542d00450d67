namespace XilinIngest.Contracts.Responses;

/// <summary>A notice of alerts: what was told, by which route and channel, and with what answer. It names no person.</summary>
/// <param name="Number">Its place in the list; a later notice has a larger number.</param>
/// <param name="Id">The id that its receiver got, the same at every attempt.</param>
/// <param name="Route">The route of <c>routes.csv</c>.</param>
/// <param name="Group">The group of alerts within the route; empty: all of the route.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Reason"><c>changed</c>, or <c>repeated</c> where alerts that still stand are told again.</param>
/// <param name="CreatedAt">When it was made; UTC.</param>
/// <param name="State"><c>pending</c>, <c>sent</c> or <c>refused</c>.</param>
/// <param name="Attempts">The attempts to send it.</param>
/// <param name="NextAttemptAt">When it is tried next; null: it is not.</param>
/// <param name="FinishedAt">When it was sent or refused; null: it is pending.</param>
/// <param name="Answer">The last answer of the receiver; null: there is none yet.</param>
/// <param name="Title">Its title, in the language of the route.</param>
/// <param name="Text">A line for each alert.</param>
public sealed record SentNotice(
    long Number, string Id, string Route, string Group, string Channel, string Reason, DateTimeOffset CreatedAt, string State, int Attempts,
    DateTimeOffset? NextAttemptAt, DateTimeOffset? FinishedAt, string? Answer, string Title, string Text);
