using System.Text;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>One published version of a result: a row that never changes.</summary>
internal sealed record Vintage
{
    /// <summary>Contiguous, in the order of publication; also the id in the live feed.</summary>
    public long Id { get; init; }

    /// <summary>One of <see cref="ResultKinds"/>.</summary>
    public string Kind { get; init; } = "";
    public string Unit { get; init; } = "";
    public string Indicator { get; init; } = "";

    /// <summary>yyyymm, or the year of an alert.</summary>
    public long Period { get; init; }
    public long Version { get; init; }

    /// <summary>The vintage of the version before; null: this is the first.</summary>
    public long? PreviousId { get; init; }

    /// <summary>The contract's name, such as <c>RankingPublished</c>.</summary>
    public string Event { get; init; } = "";

    /// <summary>The contract as JSON.</summary>
    public string Payload { get => field ??= Encoding.UTF8.GetString(Json); init; }

    /// <summary>The contract as JSON in UTF-8.</summary>
    public byte[] Json { get => field ??= Encoding.UTF8.GetBytes(Payload); init; }
    public string PublishedAt { get; init; } = "";

    /// <summary>The digest of the payload without version, cause and time.</summary>
    public string Fingerprint { get; init; } = "";
}

internal static class ResultKinds
{
    public const string Total = "total";
    public const string Ranking = "ranking";
    public const string Alert = "alert";
}
