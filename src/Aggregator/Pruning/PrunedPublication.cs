using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Pruning;

/// <summary>
/// What stays of a publication whose versions are no longer kept: the versions with their state, their counts and the ledger rows that
/// caused them. The figures go, and can be computed again from those rows.
/// </summary>
internal static class PrunedPublication
{
    /// <summary>In place of <see cref="TotalsPublished"/>, in the database and in the live feed.</summary>
    public const string TotalsEvent = nameof(TotalsPruned);

    /// <summary>In place of <see cref="RankingPublished"/>, with what it has left.</summary>
    public const string RankingEvent = "RankingPruned";

    public static bool IsPruned(Publication publication) => publication.Event is TotalsEvent or RankingEvent;

    /// <summary>The time at which the figures of a version were pruned; null: they are there.</summary>
    /// <exception cref="DamagedDataException">The text is not the one that was stored.</exception>
    public static DateTimeOffset? PrunedAt(Publication publication) => publication.Event switch
    {
        TotalsEvent => PublicationReader.Parse<TotalsPruned>(publication).PrunedAt,
        RankingEvent => PublicationReader.Parse<RankingPublished>(publication).PrunedAt,
        _ => null,
    };

    /// <summary>The publication without its figures.</summary>
    /// <exception cref="DamagedDataException">The text is not the published one.</exception>
    public static Publication Create(Publication publication, DateTimeOffset now) => publication.Event switch
    {
        nameof(TotalsPublished) => With(publication, TotalsEvent, Prune(PublicationReader.Parse<TotalsPublished>(publication), now)),
        nameof(RankingPublished) => With(publication, RankingEvent, Prune(PublicationReader.Parse<RankingPublished>(publication), now)),
        _ => throw new InvalidOperationException($"Publication {publication.Id} is a {publication.Event}, of which all versions are kept."),
    };

    /// <summary>The totals that a pruned publication had, without figures.</summary>
    /// <exception cref="DamagedDataException">The text is not the one that was stored.</exception>
    public static IEnumerable<IndicatorTotal> TotalsIn(Publication publication) =>
        PublicationReader.Parse<TotalsPruned>(publication).Totals.SelectMany(group => group.Versions.Select(each => new IndicatorTotal
        {
            Indicator = each.Key,
            Reported = group.Reported,
            Expected = group.Expected,
            Approved = group.Approved,
            ToApprove = group.ToApprove,
            State = group.State,
            Version = each.Value,
            Cause = group.Cause,
        }));

    /// <summary>The message of one version of a total, as an answer about versions has it.</summary>
    public static byte[] MessageOf(ResultVersion version)
    {
        var pruned = PublicationReader.Parse<TotalsPruned>(version.Publication);
        return WireFormat.Serialize(new TotalsPublished
        {
            Unit = pruned.Unit,
            Period = pruned.Period,
            PublishedAt = pruned.PublishedAt,
            Partition = pruned.Partition,
            PrunedAt = pruned.PrunedAt,
            Totals = [PublicationReader.ParseTotal(version)],
        });
    }

    // The indicators of a message mostly have the same cause, which would be repeated for each.
    private static TotalsPruned Prune(TotalsPublished message, DateTimeOffset now) => new()
    {
        Unit = message.Unit,
        Period = message.Period,
        PublishedAt = message.PublishedAt,
        Partition = message.Partition,
        PrunedAt = now,
        Totals =
        [
            .. message.Totals
                .GroupBy(total => (
                    total.State, total.Reported, total.Expected, total.Approved, total.ToApprove, string.Join(',', total.Cause)))
                .Select(group => new PrunedTotals
                {
                    Versions = group.ToDictionary(total => total.Indicator, total => total.Version),
                    Reported = group.Key.Reported,
                    Expected = group.Key.Expected,
                    Approved = group.Key.Approved,
                    ToApprove = group.Key.ToApprove,
                    State = group.Key.State,
                    Cause = group.First().Cause,
                }),
        ],
    };

    private static RankingPublished Prune(RankingPublished message, DateTimeOffset now) => message with { PrunedAt = now, Units = [] };

    // A publication keeps the text or the bytes that it was made with, so it is made anew.
    private static Publication With(Publication publication, string name, object message) => new()
    {
        Id = publication.Id,
        Kind = publication.Kind,
        Unit = publication.Unit,
        Indicator = publication.Indicator,
        Period = publication.Period,
        PreviousId = publication.PreviousId,
        Event = name,
        Json = WireFormat.Serialize(message),
        PublishedAt = publication.PublishedAt,
    };
}
