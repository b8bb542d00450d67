using System.Globalization;
using XilinIngest.Simulation.Tests.Runs;
using Xunit.Abstractions;

namespace XilinIngest.Simulation.Tests;

/// <summary>Offices, workers, ledgers and two aggregators on one thread, stepped by a seed: see docs/simulation.md.</summary>
public sealed class A_simulated_run(ITestOutputHelper output)
{
    private const int MaxShown = 3;

    /// <summary>A thousand seeds, or as many as ./simulate.sh names.</summary>
    [Fact]
    public void Keeps_the_five_promises_whatever_fails()
    {
        var (first, count) = (Number("XILIN_SIMULATION_FIRST_SEED", 1), Number("XILIN_SIMULATION_SEEDS", 1_000));
        var (failed, faults, done) = (new List<SeedResult>(), new SortedDictionary<string, long>(StringComparer.Ordinal), 0);
        var (hash, split) = (0UL, 0);
        SeedRunner.Run(Enumerable.Range(first, count), result =>
        {
            lock (failed)
            {
                if (result.Broken.Count > 0)
                {
                    failed.Add(result);
                }

                foreach (var (kind, times) in result.Trace.Faults)
                {
                    faults[kind] = faults.GetValueOrDefault(kind) + times;
                }

                hash ^= result.Trace.Hash;
                split += SimulatedRun.SplitsTree(result.Seed) ? 1 : 0;
                SeedRunner.ReportProgress(++done, count, failed.Count);
                return true;
            }
        }, threads: Number("XILIN_SIMULATION_THREADS", 1));

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done:N0} seeds from {first}, {split:N0} of them with partitions. "
            + $"{string.Join(", ", faults.Select(fault => $"{fault.Key}: {fault.Value:N0}"))}. All traces: {hash:x16}."));
        var shown = failed.OrderBy(result => result.Seed).Take(MaxShown).Select(result => result.Describe(isWhole: count == 1));
        Assert.True(failed.Count == 0, $"{failed.Count} of {done} seeds broke a promise.\n{string.Join("\n\n", shown)}");
    }

    [Fact]
    public void Is_the_same_each_time_for_one_seed()
    {
        // In the last two, a worker that stands still while it asks for the reports that a closing lacks goes on when timers are due.
        int[] seeds = [5, 6, 7, 8, 296, 380];
        var hashes = new List<ulong>();
        SeedRunner.Run([.. seeds, .. seeds.Reverse()], result =>
        {
            hashes.Add(result.Trace.Hash);
            return true;
        });
        Assert.Equal(hashes.Take(seeds.Length), hashes.Skip(seeds.Length).Reverse());
        Assert.Equal(seeds.Length, hashes.Distinct().Count());
    }

    private static int Number(string setting, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(setting), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : otherwise;
}
