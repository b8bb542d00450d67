using System.Globalization;
using XilinIngest.Cluster.Tests.Harness;
using XilinIngest.Indicators;
using Xunit.Abstractions;

namespace XilinIngest.Cluster.Tests;

/// <summary>Three silos, two workers, a broker and a database as processes; the district and some of its streets are partitions.</summary>
public sealed class A_cluster_of_three_silos(ITestOutputHelper output)
{
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FreezeLimit = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan FreezeTime = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Goes_on_within_seconds_when_a_silo_is_killed_and_when_one_is_frozen_and_every_result_is_right()
    {
        await using var cluster = new ClusterDeployment("32.04.04", "32.04.04.001", "32.04.04.002", "32.04.04.004");
        await cluster.StartAsync(silos: 3, workers: 2);
        await using var load = new SubmissionLoad(cluster, new Dictionary<Partition, string>
        {
            [new("32.04.04")] = "320404003000",
            [new("32.04.04.001")] = "320404001000",
            [new("32.04.04.002")] = "320404002000",
            [new("32.04.04.004")] = "320404004201",
        });
        await EachHasItsShareAsync(cluster);
        await load.CaughtUpAsync(seconds: 20);
        Print("at the start", load);

        var twin = BusiestOf(cluster).StartTwin();
        await twin.ExitAsync(seconds: 30);
        Assert.Contains("choose another with Cluster__Port", twin.Output);
        Print("after another silo was refused at the port of one", load);

        var killed = BusiestOf(cluster);
        killed.Process.Kill();
        await ObserveAsync(load, KillLimit + TimeSpan.FromSeconds(2));
        var longest = Print("after SIGKILL", load);
        killed.Restart();
        await killed.Process.WaitUntilReadyAsync();
        Assert.True(longest < KillLimit, $"A partition stood still for {longest}.\n{cluster.Outputs}");

        await EachHasItsShareAsync(cluster);
        await EachIsMeasuredByItsSiloAsync(cluster);
        await load.CaughtUpAsync(seconds: 20);
        Print("partitions move", load);

        var frozen = BusiestOf(cluster);
        frozen.Process.Freeze();
        await ObserveAsync(load, FreezeTime);
        longest = Print("after SIGSTOP", load);
        frozen.Process.Thaw();
        Assert.True(longest < FreezeLimit, $"A partition stood still for {longest}.\n{cluster.Outputs}");

        // It learns that it was given up, and ends itself.
        await frozen.Process.ExitAsync(seconds: 30);
        await load.FinishAsync(seconds: 20);
        Print("at the end", load);
        await AssertAnswersAlikeAsync(cluster, frozen);
        output.WriteLine($"{load.Accepted} submissions. {await cluster.VerifyAsync()}");
    }

    [Fact, Trait("suite", "long")]
    public async Task Without_partitions_runs_the_whole_tree_on_one_silo_and_on_another_when_that_is_killed()
    {
        await using var cluster = new ClusterDeployment();
        await cluster.StartAsync(silos: 3, workers: 1);
        await using var load = new SubmissionLoad(
            cluster, new Dictionary<Partition, string> { [Partition.WholeTree] = "320404004201" });
        await Eventually.IsTrueAsync(() => Task.FromResult(cluster.Silos.Sum(RunningOn) == 1), () => cluster.Outputs);
        await load.CaughtUpAsync(seconds: 20);
        Print("at the start", load);

        var killed = BusiestOf(cluster);
        killed.Process.Kill();
        await ObserveAsync(load, KillLimit + TimeSpan.FromSeconds(2));
        Print("after SIGKILL", load);
        await load.FinishAsync(seconds: 20);
        await AssertAnswersAlikeAsync(cluster, killed);
        output.WriteLine($"{load.Accepted} submissions. {await cluster.VerifyAsync()}");
    }

    private static async Task ObserveAsync(SubmissionLoad load, TimeSpan time)
    {
        await Task.Delay(time);
        await load.CaughtUpAsync(seconds: 20);
    }

    private TimeSpan Print(string when, SubmissionLoad load)
    {
        var silences = load.TakeSilences();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{when}: longest silence {string.Join(", ", silences.Select(each => $"{each.Key} {each.Value.TotalSeconds:0.00} s"))}"));
        return silences.Values.Max();
    }

    private static ClusterProcess BusiestOf(ClusterDeployment cluster) => cluster.Silos.MaxBy(RunningOn)!;

    // Partitions move to a silo that comes, one after the other.
    private static Task EachHasItsShareAsync(ClusterDeployment cluster) => Eventually.IsTrueAsync(
        () => Task.FromResult(cluster.Silos.All(silo => RunningOn(silo) > 0)
            && cluster.Silos.Sum(RunningOn) == cluster.Catalogue.Partitions.All.Count),
        () => cluster.Outputs);

    private static async Task EachIsMeasuredByItsSiloAsync(ClusterDeployment cluster)
    {
        using var client = new HttpClient();
        var served = Array.Empty<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                served = await Task.WhenAll(cluster.Silos.Select(async silo =>
                    await client.GetStringAsync(new Uri(await silo.Process.ServingAsync(), "/metrics"))));
                return cluster.Catalogue.Partitions.All.All(partition => served.Count(text => text.Split('\n').Any(line =>
                    line.StartsWith("xilin_cube_active{", StringComparison.Ordinal)
                    && line.Contains($"partition=\"{partition.Path}\"", StringComparison.Ordinal)
                    && line.Contains("} 1", StringComparison.Ordinal))) == 1);
            },
            () => string.Join('\n', served));
    }

    // Each silo says in its log which partitions start and end there.
    private static int RunningOn(ClusterProcess silo) => silo.Process.Output.Split('\n').Sum(line =>
        line.Contains("starts here", StringComparison.Ordinal) ? 1
        : line.Contains("ends here", StringComparison.Ordinal) || line.Contains("was taken over", StringComparison.Ordinal) ? -1 : 0);

    // Also of partitions that run elsewhere.
    private static async Task AssertAnswersAlikeAsync(ClusterDeployment cluster, ClusterProcess except)
    {
        var texts = new List<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                texts.Clear();
                foreach (var silo in cluster.Silos.Where(silo => silo != except))
                {
                    var (_, answer) = await silo.Process.GetAsync("/api/totals?unit=320404000000&period=2022-07");
                    texts.Add(answer!.ToJsonString());
                }

                return texts.Distinct().Count() == 1;
            },
            () => string.Join("\n", texts) + cluster.Outputs, seconds: 10);
    }
}
