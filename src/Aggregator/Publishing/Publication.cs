using System.Text;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// One published message, as stored and as sent: a row that never changes. A message of totals has the new versions of one unit and month;
/// any other has one result.
/// </summary>
internal sealed record Publication
{
    /// <summary>Contiguous, in the order of publication; also the id in the live feed.</summary>
    public long Id { get; init; }

    /// <summary>One of <see cref="ResultKinds"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The unit; of a ranking the parent.</summary>
    public string Unit { get; init; } = "";

    /// <summary>The indicator; null for totals, which are of several.</summary>
    public string? Indicator { get; init; }

    /// <summary>yyyymm, or the year of an alert.</summary>
    public long Period { get; init; }

    /// <summary>The publication before it of the same kind, unit, indicator and period; null: this is the first.</summary>
    public long? PreviousId { get; init; }

    /// <summary>The contract's name, such as <c>RankingPublished</c>.</summary>
    public string Event { get; init; } = "";

    /// <summary>The contract as JSON.</summary>
    public string Payload { get => field ??= Encoding.UTF8.GetString(Json); init; }

    /// <summary>The contract as JSON in UTF-8.</summary>
    public byte[] Json { get => field ??= Encoding.UTF8.GetBytes(Payload); init; }
    public string PublishedAt { get; init; } = "";
}

/// <summary>One version of one result.</summary>
/// <param name="Publication">The message that has it.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Version">From 1.</param>
/// <param name="Json">The text of the result: a total without the message around it, or the whole message.</param>
internal sealed record ResultVersion(Publication Publication, string Indicator, long Version, byte[] Json)
{
    public ResultId Id => new(Publication.Kind, Publication.Unit, Indicator, Publication.Period);
}

/// <summary>The key of a published result.</summary>
/// <param name="Kind">One of <see cref="ResultKinds"/>.</param>
/// <param name="Unit">The unit; of a ranking the parent.</param>
/// <param name="Indicator">The indicator.</param>
/// <param name="Period">yyyymm, or the year of an alert.</param>
internal readonly record struct ResultId(string Kind, string Unit, string Indicator, long Period);

internal static class ResultKinds
{
    public const string Total = "total";
    public const string Ranking = "ranking";
    public const string Alert = "alert";
    public const string Review = "review";
    public const string Month = "month";
}
