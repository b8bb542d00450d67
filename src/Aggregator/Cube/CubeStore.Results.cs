using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The published results in the cube's database.</summary>
internal sealed partial class CubeStore
{
    // A page of the chain of one result's publications.
    private const int ChainPage = 50;

    // More than a month has ever been revised; a bound for what one request reads.
    private const int MaxVersionsSince = 20_000;

    public static long ReadLastPublication(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<long>(LastPublication.For(connection), transaction: transaction);

    public static void WritePublications(DbConnection connection, DbTransaction transaction, NewPublications added)
    {
        PublicationTable.Write(connection, transaction, WriteMode.Insert, added.Publications.Concat(added.Requests));
        NewestTable.Write(connection, transaction, WriteMode.Insert, added.Publications.Select(publication => publication.Id));
        NewestTable.Write(connection, transaction, WriteMode.Delete, added.Superseded);
    }

    /// <summary>The publications after an id, in order, which a restart sends again.</summary>
    public IReadOnlyList<Publication> ReadPublicationsAfter(long id, int limit)
    {
        using var connection = Open();
        return connection.Query<Publication>(PublicationsAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>As <see cref="ReadPublicationsAfter"/>, but only those that were sent.</summary>
    public IReadOnlyList<Publication> ReadPublishedAfter(long id, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Publication>(PublishedAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>The time of the last publication, as of which the published results are judged.</summary>
    public static string? ReadLastPublishedAt(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<string>(LastPublishedAt.For(connection), transaction: transaction);

    /// <summary>The publications that have the newest version of a result, oldest first.</summary>
    /// <exception cref="DamagedDataException">One lacks its figures.</exception>
    public static IEnumerable<Publication> ReadNewest(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<Publication>(Newest.For(connection), transaction: transaction, buffered: false).Select(EnsureNotPruned);

    /// <summary>The versions of one result, newest first.</summary>
    /// <param name="newest">The publication of the newest version; null: there is none.</param>
    /// <param name="indicator">The indicator.</param>
    /// <param name="version">Only this version; null: all.</param>
    /// <param name="limit">The most versions.</param>
    public IReadOnlyList<ResultVersion> ReadVersions(long? newest, string indicator, int? version, int limit)
    {
        var found = new List<ResultVersion>();
        using var connection = OpenInteractive();
        for (var from = newest; from is not null;)
        {
            var page = connection.Query<Publication>(ChainFrom.For(connection), new { Id = from, Limit = ChainPage }).AsList();
            foreach (var each in page.SelectMany(PublicationReader.VersionsIn).Where(each => each.Indicator == indicator))
            {
                if (version is null || each.Version == version)
                {
                    found.Add(each);
                }

                if (found.Count == limit || each.Version <= (version ?? 1))
                {
                    return found;
                }
            }

            from = page.Count == 0 ? null : page[^1].PreviousId;
        }

        return found;
    }

    /// <summary>The versions of a unit's totals of a month that were published after a publication, newest first.</summary>
    /// <param name="newest">The newest publication of these totals.</param>
    /// <param name="after">The publication after which they were published.</param>
    public IReadOnlyList<ResultVersion> ReadTotalsSince(long newest, long after)
    {
        var found = new List<ResultVersion>();
        using var connection = OpenInteractive();
        for (long? from = newest; from > after && found.Count < MaxVersionsSince;)
        {
            var page = connection.Query<Publication>(ChainFrom.For(connection), new { Id = from, Limit = ChainPage }).AsList();
            found.AddRange(page.Where(publication => publication.Id > after).SelectMany(PublicationReader.VersionsIn));
            from = page.Count == 0 ? null : page[^1].PreviousId;
        }

        return found;
    }

    /// <summary>The alert events of a unit or of all, newest first.</summary>
    public IReadOnlyList<Publication> ReadAlertEvents(string? unit, int? year, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Publication>(AlertEventsOf.For(connection), new { Unit = unit, Year = year, Limit = limit }).AsList();
    }

    /// <summary>The alert events from a publication on, in order.</summary>
    public IReadOnlyList<Publication> ReadAlertEventsFrom(long id, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Publication>(AlertEventsFrom.For(connection), new { Id = id, Limit = limit }).AsList();
    }
}
