using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>The key of a published figure: unit (a ranking's parent), indicator and month as yyyymm.</summary>
internal readonly record struct FigureId(string Unit, string Indicator, int Period);

/// <summary>The key of an alert.</summary>
internal readonly record struct AlertId(string Unit, string Indicator, int Year);

/// <summary>The newest version of a total.</summary>
/// <param name="Total">The total.</param>
/// <param name="Json">Its stored text in UTF-8; null for an enterprise with a target, whose totals are never published.</param>
/// <param name="Publication">The id of the publication that has it; null as above.</param>
internal sealed record PublishedTotal(IndicatorTotal Total, byte[]? Json, long? Publication);

/// <summary>The newest version of a ranking.</summary>
/// <param name="Ranking">The ranking.</param>
/// <param name="Json">Its stored text in UTF-8.</param>
/// <param name="Publication">The id of the publication that has it.</param>
internal sealed record PublishedRanking(RankingPublished Ranking, byte[] Json, long Publication);

/// <summary>A message for the bus.</summary>
/// <param name="Message">The contract: its type and content choose exchange and routing key.</param>
/// <param name="Json">Its body: the stored text in UTF-8.</param>
internal sealed record OutgoingResult(object Message, byte[] Json);

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
