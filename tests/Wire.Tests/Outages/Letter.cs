namespace XilinIngest.Wire.Tests.Outages;

/// <summary>What is to become of a message.</summary>
internal enum Fate
{
    /// <summary>Accepted, or superseded where a later revision came first.</summary>
    Recorded,
    Refused,
    Parked,
}

/// <summary>The one figure that a submission carries: a firm's, in a month.</summary>
internal sealed record Cell(string Unit, string Parent, string Indicator, string Period);

/// <summary>One message of an office, as it is sent, however often.</summary>
internal sealed record Letter(string Office, Fate Fate, byte[] Body)
{
    /// <summary>The submission's id; null: unreadable, so that no receipt can come.</summary>
    internal string? Id { get; init; }
    internal Cell? Cell { get; init; }

    /// <summary>No two letters for a cell have the same.</summary>
    internal int Revision { get; init; }
    internal decimal Value { get; init; }
}
