using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>Where a published figure belongs: unit (a ranking's parent), indicator and month as yyyymm.</summary>
internal readonly record struct ResultId(string Unit, string Indicator, int Period);

/// <summary>Where an alert belongs.</summary>
internal readonly record struct AlertId(string Unit, string Indicator, int Year);

/// <summary>The newest version of a total.</summary>
/// <param name="Total">The total.</param>
/// <param name="Json">Its stored text in UTF-8; null for an enterprise that has a target, whose totals are shown to those with the right
/// and never published.</param>
internal sealed record PublishedTotal(IndicatorTotal Total, byte[]? Json);

/// <summary>The newest version of a ranking.</summary>
/// <param name="Ranking">The ranking.</param>
/// <param name="Json">Its stored text in UTF-8.</param>
internal sealed record PublishedRanking(RankingPublished Ranking, byte[] Json);

/// <summary>A message for the bus.</summary>
/// <param name="Message">The contract: its type and content choose exchange and routing key.</param>
/// <param name="Json">Its body: the stored text in UTF-8.</param>
internal sealed record OutgoingResult(object Message, byte[] Json);

/// <summary>What a step adds to the published model.</summary>
internal sealed class StepResults
{
    public List<KeyValuePair<ResultId, PublishedTotal>> Totals { get; } = [];

    public List<KeyValuePair<ResultId, PublishedRanking>> Rankings { get; } = [];

    /// <summary>The current alerts of what the step touched; null: there is none.</summary>
    public List<KeyValuePair<AlertId, Contracts.Responses.CurrentAlert?>> Alerts { get; } = [];

    /// <summary>The messages for the bus, totals first.</summary>
    public List<OutgoingResult> Messages { get; } = [];
}
