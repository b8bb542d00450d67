using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Npgsql;
using XilinIngest.Indicators;

namespace XilinIngest.Cluster.Tests.Harness;

/// <summary>
/// A unit of each partition, and the street that it belongs to, report again and again: visits, which are summed, and revenue, by whose
/// growth the streets are ranked and alerted. A watch on each cube: for how long has an accepted row not been in it?
/// </summary>
internal sealed class SubmissionLoad : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(25);

    private readonly ClusterDeployment _cluster;
    private readonly CancellationTokenSource _ending = new();
    private readonly Dictionary<Partition, PartitionLoad> _loads;
    private readonly List<Task> _running;

    /// <param name="cluster">Its workers take the submissions in turn.</param>
    /// <param name="units">A street or a village of each partition.</param>
    public SubmissionLoad(ClusterDeployment cluster, IReadOnlyDictionary<Partition, string> units)
    {
        _cluster = cluster;
        _loads = units.ToDictionary(each => each.Key, each => new PartitionLoad(each.Value, cluster.CubeOf(each.Key)));
        _running = [.. _loads.Values.SelectMany(load => new[] { Task.Run(() => SubmitAsync(load)), Task.Run(() => WatchAsync(load)) })];
    }

    /// <summary>Fails where a receipt that was not expected, or a watch, has ended a part of it.</summary>
    public void EnsureRunning() => Assert.Null(_running.Find(task => task.IsFaulted)?.Exception);

    public int Accepted => _loads.Values.Sum(load => load.Accepted.Count);

    /// <summary>The longest time for which a partition had not applied a row that was accepted, since the last call.</summary>
    public IReadOnlyDictionary<Partition, TimeSpan> TakeSilences() =>
        _loads.ToDictionary(each => each.Key, each => each.Value.TakeLongest());

    /// <summary>Every row that was accepted is in its cube.</summary>
    public async Task CaughtUpAsync(int seconds)
    {
        EnsureRunning();
        var wanted = _loads.Values.ToDictionary(load => load, load => load.Newest);
        await Eventually.IsTrueAsync(
            () => Task.FromResult(wanted.All(each => each.Key.Applied >= each.Value)),
            () => string.Join('\n', wanted.Select(each => $"{each.Key.Unit}: {each.Key.Applied} of {each.Value}")) + _cluster.Outputs,
            seconds);
    }

    /// <summary>Ends the submissions, and waits until the last one is applied.</summary>
    public async Task FinishAsync(int seconds)
    {
        _loads.Values.ToList().ForEach(load => load.IsEnded = true);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await CaughtUpAsync(seconds);

        // Once each, in a sequence without a gap.
        Assert.All(_loads.Values, load => Assert.Equal(load.Accepted.Count, load.Accepted.Values.Distinct().Count()));
        Assert.All(_loads.Values, load => Assert.Equal(load.Accepted.Count, load.Newest));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task SubmitAsync(PartitionLoad load)
    {
        for (var i = 1; !load.IsEnded && !_ending.IsCancellationRequested; i++)
        {
            var sheet = Sheet(load.Unit, i);
            while (!_ending.IsCancellationRequested)
            {
                try
                {
                    var (status, receipt, _) = await _cluster.Workers[i % _cluster.Workers.Count].Process.SubmitAsync(sheet);
                    if (status == HttpStatusCode.OK && (string?)receipt!["verdict"] == "accepted")
                    {
                        load.Accept((string)sheet["submissionId"]!, (long)receipt["sequence"]!);
                        break;
                    }

                    Assert.True(status == HttpStatusCode.ServiceUnavailable, $"{status} {receipt}");
                }
                catch (Exception exception)
                    when (exception is HttpRequestException or InvalidOperationException or TaskCanceledException or IOException
                        or JsonException)
                {
                    // The worker or its database is away; the same submission is sent again.
                }

                await Task.Delay(Interval);
            }

            await Task.Delay(Interval);
        }
    }

    // The first is last year's revenue, of which this year's is a fifth more or less: a cause for alerts, none for questions.
    private static JsonObject Sheet(string unit, int number) => number % 2 == 0
        ? XilinSubmissions.Visits(unit, number, revision: number)
        : TestSubmissions.NewSubmission($"{unit[..9]}000", number == 1 ? "2021-01" : "2022-01",
            XilinSubmissions.Budget(number == 1 ? 1_000 : 800 + (number * 37 % 400))).Set("revision", number);

    private async Task WatchAsync(PartitionLoad load)
    {
        while (!_ending.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(load.Cube);
                load.Observe(await connection.QuerySingleAsync<long>("SELECT applied_through FROM cube_state"));
            }
            catch (NpgsqlException)
            {
                // Its time counts.
            }

            await Task.Delay(WatchInterval);
        }
    }

    private sealed class PartitionLoad(string unit, string cube)
    {
        private readonly Lock _lock = new();
        private readonly Queue<(long Row, long At)> _waiting = [];
        private TimeSpan _longest;

        public string Unit => unit;

        public string Cube => cube;

        public ConcurrentDictionary<string, long> Accepted { get; } = new(StringComparer.Ordinal);

        public long Newest { get; private set; }

        public long Applied { get; private set; }

        public bool IsEnded { get; set; }

        public void Accept(string id, long row)
        {
            lock (_lock)
            {
                Accepted[id] = row;
                Newest = Math.Max(Newest, row);
                _waiting.Enqueue((row, Stopwatch.GetTimestamp()));
            }
        }

        public void Observe(long applied)
        {
            lock (_lock)
            {
                Applied = applied;
                while (_waiting.TryPeek(out var next))
                {
                    var age = Stopwatch.GetElapsedTime(next.At);
                    _longest = age > _longest ? age : _longest;
                    if (next.Row > applied)
                    {
                        return;
                    }

                    _waiting.Dequeue();
                }
            }
        }

        public TimeSpan TakeLongest()
        {
            lock (_lock)
            {
                var longest = _longest;
                _longest = TimeSpan.Zero;
                return longest;
            }
        }
    }
}
