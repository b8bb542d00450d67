using System.Globalization;
using XilinIngest.Cluster.Tests.Harness;
using XilinIngest.Indicators;
using XilinIngest.TestBrokers;
using Xunit.Abstractions;

namespace XilinIngest.Cluster.Tests;

/// <summary>
/// Of silos and workers, of which one after the other is killed or frozen, and of the database and the broker, each of which is killed once
/// (crash-cluster.sh).
/// </summary>
public sealed class Faults_at_random(ITestOutputHelper output)
{
    private const string District = "32.04.04";

    // Eight streets, and the district above them, to which none reports directly.
    private static readonly string[] Paths =
        [District, .. Enumerable.Range(1, 7).Append(116).Select(i => string.Create(CultureInfo.InvariantCulture, $"{District}.{i:000}"))];

    private readonly Random _random = new(Setting("XILIN_SEED", Environment.TickCount & 0xffff));

    [Fact, Trait("suite", "long")]
    public async Task Lose_no_submission_and_change_no_result()
    {
        await using var cluster = new ClusterDeployment(Paths);
        await cluster.StartAsync(silos: 3, workers: 2);
        await using var load = new SubmissionLoad(cluster, cluster.Catalogue.Partitions.All.Where(partition => partition.Path != District)
            .ToDictionary(partition => partition, partition => UnitOf(cluster, partition)));
        var (kills, stops, submissions) =
            (Setting("XILIN_KILLS", 30), Setting("XILIN_STOPS", 10), Setting("XILIN_SUBMISSIONS", 20_000));
        for (var fault = 0; fault < kills + stops; fault++)
        {
            if (fault == kills / 2)
            {
                await RestartDatabaseAsync(cluster, load);
                await RestartBrokerAsync(cluster, load);
            }

            // The freezes are spread over the kills.
            await (fault * stops / (kills + stops) < (fault + 1) * stops / (kills + stops)
                ? FreezeAsync(cluster, load) : KillAsync(cluster, load));
        }

        await Eventually.IsTrueAsync(() => Task.FromResult(load.Accepted >= submissions), () => $"{load.Accepted}", seconds: 3_600);
        await load.FinishAsync(seconds: 60);
        load.EnsureRunning();
        Print($"{load.Accepted} submissions. {await cluster.VerifyAsync()}");
    }

    private async Task KillAsync(ClusterDeployment cluster, SubmissionLoad load)
    {
        var isWorker = _random.Next(3) == 0;
        var target = isWorker ? cluster.Workers[_random.Next(2)] : cluster.Silos[_random.Next(3)];
        target.Process.Kill();
        await Task.Delay(TimeSpan.FromSeconds(_random.Next(1, 8)));
        target.Restart();
        await target.Process.WaitUntilReadyAsync();
        await SettleAsync(isWorker ? "worker killed" : "silo killed", load);
    }

    private async Task FreezeAsync(ClusterDeployment cluster, SubmissionLoad load)
    {
        var (target, time) = (cluster.Silos[_random.Next(3)], _random.Next(5, 60));
        target.Process.Freeze();
        await Task.Delay(TimeSpan.FromSeconds(time));
        target.Process.Thaw();
        await target.Process.ExitAsync(seconds: 60);
        target.Restart();
        await target.Process.WaitUntilReadyAsync();
        await SettleAsync($"silo frozen for {time} s", load);
    }

    private async Task RestartDatabaseAsync(ClusterDeployment cluster, SubmissionLoad load)
    {
        cluster.Server.Kill();
        await Task.Delay(TimeSpan.FromSeconds(3));
        cluster.Server.Start();
        await SettleAsync("database killed", load);
        await RecoverAsync(cluster);
    }

    private async Task RestartBrokerAsync(ClusterDeployment cluster, SubmissionLoad load)
    {
        await Task.Delay(TestBroker.QueueRecoveryTime);
        await cluster.Broker.KillAsync();
        await cluster.Broker.RestartAsync();
        await SettleAsync("broker killed", load);
        await RecoverAsync(cluster);
    }

    // What has ended is started again, as a supervisor does. The next fault is one of its own: it comes when all are connected again.
    private static Task RecoverAsync(ClusterDeployment cluster) => Task.WhenAll(cluster.Silos.Concat(cluster.Workers).Select(each =>
    {
        if (each.Process.HasExited)
        {
            each.Restart();
        }

        return each.Process.WaitUntilReadyAsync();
    }));

    private async Task SettleAsync(string what, SubmissionLoad load)
    {
        await load.CaughtUpAsync(seconds: 90);
        var longest = load.TakeSilences().MaxBy(each => each.Value);
        Print($"{load.Accepted,6} submissions, {what}: longest silence {longest.Value.TotalSeconds:0.0} s, {longest.Key}");
    }

    private void Print(string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("XILIN_PROGRESS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, text + "\n");
        }
    }

    // A street that reports its whole, or a village.
    private static string UnitOf(ClusterDeployment cluster, Partition partition) => cluster.Catalogue.Units.All
        .First(unit => cluster.Catalogue.Partitions.HomeOf(unit) == partition
            && (partition.Path == "32.04.04.004" ? unit.Level == UnitLevel.Village : unit.Level == UnitLevel.Street)).Code.Value;

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
