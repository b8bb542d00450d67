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
    /// <summary>In place of <see cref="Contracts.TotalsPublished"/>, in the database and in the live feed.</summary>
    public const string TotalsEvent = "TotalsPruned";

    /// <summary>In place of <see cref="Contracts.RankingPublished"/>.</summary>
    public const string RankingEvent = "RankingPruned";

    public static bool IsPruned(Publication publication) => publication.Event is TotalsEvent or RankingEvent;

    /// <summary>The time at which the figures of a version were pruned; null: they are there.</summary>
    /// <exception cref="DamagedDataException">The text is not the one that was stored.</exception>
    public static DateTimeOffset? PrunedAt(Publication publication) => publication.Event switch
    {
        TotalsEvent => PublicationReader.Parse<TotalsPublished>(publication).PrunedAt,
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

    private static TotalsPublished Prune(TotalsPublished message, DateTimeOffset now) => message with
    {
        PrunedAt = now,
        Totals =
        [
            .. message.Totals.Select(total => new IndicatorTotal
            {
                Indicator = total.Indicator,
                Reported = total.Reported,
                Expected = total.Expected,
                Approved = total.Approved,
                ToApprove = total.ToApprove,
                State = total.State,
                Version = total.Version,
                Cause = total.Cause,
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
