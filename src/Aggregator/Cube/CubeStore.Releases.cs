using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Contracts;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The releases of months in the cube's database.</summary>
internal sealed partial class CubeStore
{
    public static ReleasedMonths ReadReleases(DbConnection connection, DbTransaction? transaction = null) => ReleasedMonths.None.With(
        connection.Query<ReleaseRow>(AllReleases.For(connection), transaction: transaction).Select(row => row.ToRelease()));

    public static void WriteReleases(DbConnection connection, DbTransaction transaction, IReadOnlyList<NewRelease> added)
    {
        ReleaseTable.Write(connection, transaction, WriteMode.Insert, added.Select(release => release.Release));
        ReleasedPublicationTable.Write(connection, transaction, WriteMode.Insert, added.SelectMany(
            release => release.Publications.Select(publication => (release.Release.Period, release.Release.Number, publication))));
        foreach (var release in added)
        {
            WriteReleasedTexts(connection, transaction, release.Release);
        }
    }

    /// <summary>The versions of a release.</summary>
    /// <exception cref="DamagedDataException">A publication of the release is missing or was altered.</exception>
    public IReadOnlyCollection<ResultVersion> ReadReleased(ReleasedMonth release)
    {
        using var connection = OpenInteractive();
        return ReadReleased(connection, release);
    }

    /// <inheritdoc cref="ReadReleased(ReleasedMonth)"/>
    public static IReadOnlyCollection<ResultVersion> ReadReleased(
        DbConnection connection, ReleasedMonth release, DbTransaction? transaction = null)
    {
        var publications = connection.Query<Publication>(
            ReleasedPublications.For(connection), new { Month = (long)release.Period.Number, release.Number }, transaction).AsList();
        return publications.Count == release.Publications
            ? PublicationReader.NewestVersions(publications.Select(EnsureNotPruned))
            : throw new DamagedDataException(
                $"Release {release.Number} of {release.Period} has {publications.Count} of its {release.Publications} publications. "
                + "Restore the cube from a backup.");
    }

    // Those that something needs are never pruned.
    private static Publication EnsureNotPruned(Publication publication) => !PrunedPublication.IsPruned(publication)
        ? publication
        : throw new DamagedDataException(
            $"Publication {publication.Id} was pruned ({publication.Event}), and is the newest or belongs to a release. Restore the cube "
            + "from a backup.");

    private sealed class ReleaseRow
    {
        public long Period { get; init; }
        public long Number { get; init; }
        public string ReleasedAt { get; init; } = "";
        public long LedgerThrough { get; init; }
        public string? LedgerHash { get; init; }
        public long? MonthRow { get; init; }
        public long Publications { get; init; }
        public long? CheckpointSize { get; init; }
        public string? CheckpointRoot { get; init; }
        public string? CheckpointTime { get; init; }
        public string? CheckpointOrigin { get; init; }
        public string? CheckpointSignature { get; init; }

        /// <exception cref="DamagedDataException">The row was altered.</exception>
        public ReleasedMonth ToRelease() => new(
            Indicators.Period.FromNumber((int)Period), (int)Number, ParseTime(ReleasedAt) ?? throw Damaged(), LedgerThrough, LedgerHash,
            MonthRow, (int)Publications, ToCheckpoint());

        private Checkpoint? ToCheckpoint() => CheckpointSize is not { } size || CheckpointOrigin is null ? null : new()
        {
            TreeSize = size,
            Root = CheckpointRoot ?? throw Damaged(),
            Time = CheckpointTime is { } time ? ParseTime(time) ?? throw Damaged() : throw Damaged(),
            Origin = CheckpointOrigin,
            Signatures = CheckpointSignature?.Split('\n') ?? throw Damaged(),
        };

        private DamagedDataException Damaged() =>
            new($"The cube's table month_release has a damaged row {Period}/{Number}. Restore the cube from a backup.");
    }
}
