using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The published results in the cube's database.</summary>
internal sealed partial class CubeStore
{
    public static IEnumerable<PublishedResultRow> ReadPublishedResults(DbConnection connection) =>
        connection.Query<PublishedResultRow>(LastPublished.For(connection), buffered: false);

    public static long ReadLastVintage(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<long>(LastVintage.For(connection), transaction: transaction);

    public static void WriteVintages(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<Vintage> vintages)
    {
        VintageTable.Write(connection, transaction, WriteMode.Insert, vintages);
        PublishedTable.Write(connection, transaction, WriteMode.Upsert, vintages);
    }

    /// <summary>The vintages after an id, in order, which a restart publishes again.</summary>
    public IReadOnlyList<Vintage> ReadVintagesAfter(long id, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(VintagesAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>As <see cref="ReadVintagesAfter"/>, but only published vintages.</summary>
    public IReadOnlyList<Vintage> ReadPublishedAfter(long id, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(PublishedAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>The time of the last publication, as of which the published results are judged.</summary>
    public static string? ReadLastPublishedAt(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<string>(LastPublishedAt.For(connection), transaction: transaction);

    /// <summary>The newest version of every result.</summary>
    public static IEnumerable<Vintage> ReadNewest(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<Vintage>(Newest.For(connection), transaction: transaction, buffered: false);

    /// <summary>The versions of one result, newest first.</summary>
    public IReadOnlyList<Vintage> ReadVersions(string kind, string unit, string indicator, int period, int? version, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(
            VersionsOf.For(connection),
            new { Kind = kind, Unit = unit, Indicator = indicator, Period = period, Version = version, Limit = limit }).AsList();
    }

    /// <summary>The alert events of a unit or of all, newest first.</summary>
    public IReadOnlyList<Vintage> ReadAlertEvents(string? unit, int? year, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(AlertEventsOf.For(connection), new { Unit = unit, Year = year, Limit = limit }).AsList();
    }
}
