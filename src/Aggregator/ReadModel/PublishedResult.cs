using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>The key of a published figure: unit (a ranking's parent), indicator and month as yyyymm.</summary>
internal readonly record struct FigureId(string Unit, string Indicator, int Period);

/// <summary>The key of an alert.</summary>
internal readonly record struct AlertId(string Unit, string Indicator, int Year);

/// <summary>
/// The newest version of a total. It is only its text until it is asked for: most results are replaced before anyone reads them, and those
/// of past years are seldom read.
/// </summary>
internal sealed class PublishedTotal
{
    /// <summary>The total of an enterprise with a target, which is never published.</summary>
    public PublishedTotal(IndicatorTotal total) => Total = total;

    /// <param name="json">Its text in UTF-8.</param>
    /// <param name="publication">The id of the publication that has it.</param>
    public PublishedTotal(byte[] json, long publication) => (Json, Publication) = (json, publication);

    /// <exception cref="DamagedDataException">The stored text is not a total.</exception>
    public IndicatorTotal Total => field ??= PublicationReader.ParseTotal(Publication!.Value, Json!);

    /// <summary>Its stored text in UTF-8; null for an enterprise with a target, whose totals are never published.</summary>
    public byte[]? Json { get; }

    /// <summary>The id of the publication that has it; null as above.</summary>
    public long? Publication { get; }
}

/// <summary>The newest version of a ranking, kept as <see cref="PublishedTotal"/> keeps a total.</summary>
internal sealed class PublishedRanking
{
    /// <param name="json">Its text in UTF-8.</param>
    /// <param name="publication">The id of the publication that has it.</param>
    public PublishedRanking(byte[] json, long publication) => (Json, Publication) = (json, publication);

    /// <exception cref="DamagedDataException">The stored text is not a ranking.</exception>
    public RankingPublished Ranking => field ??= PublicationReader.ParseRanking(Publication, Json);

    /// <summary>Its stored text in UTF-8.</summary>
    public byte[] Json { get; }

    /// <summary>The id of the publication that has it.</summary>
    public long Publication { get; }
}

/// <summary>A message for the bus.</summary>
/// <param name="Message">The contract: its type and content choose exchange and routing key.</param>
/// <param name="Json">Its body: the stored text in UTF-8.</param>
internal sealed record OutgoingResult(object Message, byte[] Json)
{
    /// <summary>How many messages of the same step come before it and must have been confirmed.</summary>
    public int Turn { get; init; }
}

/// <summary>The additions of a step to the published model.</summary>
internal sealed class StepResults
{
    public List<KeyValuePair<FigureId, PublishedTotal>> Totals { get; } = [];

    public List<KeyValuePair<FigureId, PublishedRanking>> Rankings { get; } = [];

    /// <summary>The alerts that the step evaluated; null: there is no alert any more.</summary>
    public List<KeyValuePair<AlertId, Contracts.Responses.CurrentAlert?>> Alerts { get; } = [];

    /// <summary>The messages for the bus, totals first.</summary>
    public List<OutgoingResult> Messages { get; } = [];
}
