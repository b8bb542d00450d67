using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Pruning.PruningStatements;

namespace XilinIngest.Aggregator.Pruning;

/// <summary>How many messages of a year's months can be pruned, and how long their texts are.</summary>
internal sealed record PrunableVersions(int Year, bool IsRanking, long Messages, long Bytes);

/// <summary>What a batch has pruned.</summary>
internal readonly record struct PrunedBatch(long Totals, long Rankings, long Bytes)
{
    public long Messages => Totals + Rankings;
}

/// <summary>A run that is recorded in the cube.</summary>
internal sealed record PruningRun
{
    public long Number { get; init; }
    public string StartedAt { get; init; } = "";

    /// <summary>Null: it goes on, or was broken off.</summary>
    public string? EndedAt { get; init; }
    public string OlderThan { get; init; } = "";
    public string MadeBy { get; init; } = "";
    public long Totals { get; init; }
    public long Rankings { get; init; }

    /// <summary>By how much the texts became shorter.</summary>
    public long Bytes { get; init; }
}

/// <summary>
/// Takes the figures out of old versions that no release names and that are not the newest, while an aggregator may work on the cube. Each
/// batch is a transaction of its own, which also records it. What is not pruned when a run is broken off is pruned by the next one.
/// </summary>
internal sealed class CubePruning(Database cube, DateTimeOffset olderThan, string madeBy, TimeProvider clock) : IDisposable
{
    private static readonly ResiliencePipeline Retry = RetryPolicies.RetryTransient(NullLogger.Instance);

    private readonly KeptConnection _connection = new(cube);
    private readonly string _olderThan = TimeText(olderThan);
    private long? _run;
    private long _after;

    /// <summary>What there is to prune, by the year of the months and kind.</summary>
    public static IReadOnlyList<PrunableVersions> Count(Database cube, DateTimeOffset olderThan)
    {
        using var connection = cube.Open();
        return
        [
            .. connection.Query<CountRow>(CountPrunable.For(connection), new { OlderThan = TimeText(olderThan) }, commandTimeout: 0)
                .Select(row => new PrunableVersions((int)row.PeriodYear, row.Kind == ResultKinds.Ranking, row.Versions, row.Bytes)),
        ];
    }

    /// <summary>The runs so far, oldest first.</summary>
    public static IReadOnlyList<PruningRun> ReadRuns(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<PruningRun>(AllRuns.For(connection), transaction: transaction).AsList();

    /// <summary>How many publications lack their figures and were pruned by no recorded run.</summary>
    public static long ReadUnrecorded(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<long>(CountUnrecorded.For(connection), transaction: transaction, commandTimeout: 0);

    /// <summary>Gives the space of a SQLite file back. No service may have the file open.</summary>
    public static void Compact(Database file)
    {
        using var connection = file.Open();
        connection.Execute(CompactFile.For(connection), commandTimeout: 0);
    }

    /// <summary>Prunes the next messages.</summary>
    /// <param name="limit">The most messages, so that an aggregator does not wait for long.</param>
    /// <returns>What was pruned; null: nothing is left.</returns>
    public PrunedBatch? PruneNext(int limit)
    {
        // Read before the transaction: what may be pruned now may be so for ever.
        var page = ReadPage(limit);
        if (page.Count == 0)
        {
            EndRuns();
            return null;
        }

        var now = clock.GetUtcNow();
        var pruned = page.ConvertAll(before => (Before: before, After: PrunedPublication.Create(before, now)));
        var batch = Retry.Execute(() => _connection.Use(connection =>
        {
            using var transaction = Database.BeginWrite(connection);
            var run = _run ?? Record(connection, transaction, now);
            var done = new PrunedBatch();
            foreach (var (before, after) in pruned)
            {
                // Another run may have been faster.
                var count = connection.Execute(
                    Prune.For(connection), new { after.Event, after.Payload, after.Id, Former = before.Event }, transaction);
                done = count == 0 ? done : new(
                    done.Totals + (before.Kind == ResultKinds.Total ? 1 : 0), done.Rankings + (before.Kind == ResultKinds.Ranking ? 1 : 0),
                    done.Bytes + before.Json.Length - after.Json.Length);
            }

            connection.Execute(
                AddToRun.For(connection),
                new { Through = page[^1].Id, done.Totals, done.Rankings, done.Bytes, Number = run }, transaction);
            transaction.Commit();
            _run = run;
            return done;
        }));
        _after = page[^1].Id;
        return batch;
    }

    /// <summary>Records that nothing is left to prune: of this run, and of one that was broken off when it had pruned all.</summary>
    public void EndRuns()
    {
        var ended = new { EndedAt = TimeText(clock.GetUtcNow()), OlderThan = _olderThan };
        _connection.Use(connection =>
        {
            if (connection.QuerySingle<long>(CountUnended.For(connection), ended) > 0)
            {
                using var transaction = Database.BeginWrite(connection);
                connection.Execute(PruningStatements.EndRuns.For(connection), ended, transaction);
                transaction.Commit();
            }
        });
    }

    public void Dispose() => _connection.Dispose();

    private List<Publication> ReadPage(int limit)
    {
        using var connection = cube.Open();
        return connection.Query<Publication>(
            PrunablePage.For(connection), new { OlderThan = _olderThan, After = _after, Limit = limit }, commandTimeout: 0).AsList();
    }

    private long Record(DbConnection connection, DbTransaction transaction, DateTimeOffset now)
    {
        var number = connection.QuerySingle<long>(LastRun.For(connection), transaction: transaction) + 1;
        connection.Execute(
            InsertRun.For(connection),
            new { Number = number, StartedAt = TimeText(now), OlderThan = _olderThan, MadeBy = madeBy }, transaction);
        return number;
    }

    // As the times of publications are written.
    private static string TimeText(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed class CountRow
    {
        public long PeriodYear { get; init; }
        public string Kind { get; init; } = "";
        public long Versions { get; init; }
        public long Bytes { get; init; }
    }
}
