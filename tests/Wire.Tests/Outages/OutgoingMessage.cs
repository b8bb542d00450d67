namespace XilinIngest.Wire.Tests.Outages;

/// <summary>What is to become of a message.</summary>
internal enum MessageOutcome
{
    /// <summary>Accepted, or superseded where a later revision came first.</summary>
    Recorded,
    Refused,
    DeadLettered,
}

/// <summary>The one figure that a submission carries: a firm's, in a month.</summary>
internal sealed record FigureKey(string Unit, string Parent, string Indicator, string Period);

/// <summary>One message of an office, as it is sent, however often.</summary>
internal sealed record OutgoingMessage(string Office, MessageOutcome ExpectedOutcome, byte[] Body)
{
    /// <summary>The submission's id; null: unreadable, so that no receipt can come.</summary>
    internal string? Id { get; init; }
    internal FigureKey? Figure { get; init; }

    /// <summary>No two letters for a cell have the same.</summary>
    internal int Revision { get; init; }
    internal decimal Value { get; init; }
}
