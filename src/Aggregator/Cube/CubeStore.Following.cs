using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>What is new in a cube that another process works on.</summary>
internal sealed partial class CubeStore
{
    // A load reads the newest versions alone; beyond so many publications it is the shorter way.
    private const int MaxFollowed = 5_000;

    /// <summary>
    /// What the store has now, to be read before all else: what is written meanwhile is read again as new, which changes nothing.
    /// </summary>
    public static FollowedPosition ReadFollowed(DbConnection connection, DbTransaction? transaction = null)
    {
        var position = ReadPosition(connection, transaction);
        var last = connection.QuerySingleOrDefault<Publication>(LastPublicationWithTime.For(connection), transaction: transaction);
        return new(position, (last?.Id ?? 0, last?.PublishedAt), ReadReleaseCount(connection, transaction));
    }

    /// <summary>What was stored since; null: the store does not continue from there, and has to be read whole.</summary>
    public FollowedChanges? ReadChanges(FollowedPosition since)
    {
        using var connection = OpenInteractive();
        using var transaction = Database.BeginRead(connection);
        var position = ReadPosition(connection, transaction);
        if (!since.IsContinuedBy(position) || ReadPublicationsSince(connection, transaction, since.Publication) is not { } publications)
        {
            return null;
        }

        var (last, releases) = (publications.Count > 0 ? publications[^1] : null, ReadReleaseCount(connection, transaction));
        var after = new { since.Position.Revision };
        return new(
            new(position, last is null ? since.Publication : (last.Id, last.PublishedAt), releases),
            [
                .. connection.Query<EffectiveRow>(ChangedEffective.For(connection), after, transaction)
                    .Select(row => (new UnitCode(row.Unit), Period.FromNumber((int)row.Period), row.Data)),
            ],
            [.. connection.Query<MonthChangeRow>(ChangedMonthChanges.For(connection), after, transaction).Select(row => row.ToChange())],
            [.. connection.Query<ReviewRow>(ChangedReviews.For(connection), after, transaction).Select(row => row.ToReview())],
            new StoredRollUps(
                [.. connection.Query<RollUpRow>(ChangedRollUpSenders.For(connection), after, transaction).Select(row => row.ToSender())],
                [
                    .. connection.Query<RollUpRow>(ChangedRollUps.For(connection), after, transaction)
                        .Select(row => (row.Sender, row.ToSums())),
                ]),
            publications,
            releases == since.Releases ? null : ReadReleases(connection, transaction));
    }

    private static int ReadReleaseCount(DbConnection connection, DbTransaction? transaction) =>
        (int)connection.QuerySingle<long>(AllReleaseCount.For(connection), transaction: transaction);

    // Null: the last known one is another now, or there are too many new ones.
    private static List<Publication>? ReadPublicationsSince(
        DbConnection connection, DbTransaction transaction, (long Id, string? PublishedAt) last)
    {
        var read = connection.Query<Publication>(
            PublicationsFrom.For(connection), new { last.Id, Limit = MaxFollowed }, transaction).AsList();
        if (read.Count == MaxFollowed)
        {
            return null;
        }

        if (last.Id == 0)
        {
            return read;
        }

        return read is [var known, ..] && (known.Id, known.PublishedAt) == last ? read[1..] : null;
    }

    private sealed class EffectiveRow
    {
        public string Unit { get; init; } = "";
        public long Period { get; init; }
        public byte[] Data { get; init; } = [];
    }
}
