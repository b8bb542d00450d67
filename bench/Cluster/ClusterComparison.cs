using System.Diagnostics;
using System.Runtime.Versioning;
using Spectre.Console;
using XilinIngest.Indicators;

namespace XilinIngest.Bench.Cluster;

/// <summary>
/// What a submission costs each process with one aggregator and with silos, and with one ledger and nine: the same load on each, in turn.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ClusterComparison(string folder, BenchData data, int months)
{
    private const int PerPack = 50;
    private const int WarmUpMonths = 12;
    private const double Goal = 1.2;
    private static readonly Period First = new(2021, 1);
    private static readonly (int Silos, bool IsSplit)[] Arrangements =
        [(0, false), (1, false), (2, false), (3, false), (0, true), (1, true), (2, true), (3, true)];

    /// <param name="only">One arrangement, for a profiler; null: all.</param>
    public async Task RunAsync((int Silos, bool IsSplit)? only)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "processes", "partitions", "a second", "worker us", "aggregators us", "each", "both ÷ one process", $"≤ {Goal}", "broker us",
            "PostgreSQL us");
        double? one = null;
        foreach (var (silos, isSplit) in only is { } alone ? [alone] : Arrangements)
        {
            var figures = await MeasureAsync(silos, isSplit);
            double Of(string process) => figures.Costs.Where(cost => cost.Process.StartsWith(process, StringComparison.Ordinal))
                .Sum(cost => cost.Each);
            var services = Of("worker") + Of("aggregator");
            one ??= services;
            table.AddRow(
                silos == 0 ? "one aggregator" : $"silos: {silos}", isSplit ? "9" : "1", $"{figures.Rate:N0}", $"{Of("worker"):N0}",
                $"{Of("aggregator"):N0}",
                string.Join(" + ", figures.Costs.Where(cost => cost.Process.StartsWith("aggregator", StringComparison.Ordinal))
                    .Select(cost => $"{cost.Each:N0}")),
                $"{services / one:N2}", services <= one * Goal ? "yes" : "NO", $"{Of("broker"):N0}", $"{Of("PostgreSQL"):N0}");
            Console.WriteLine($"{silos} silos, {(isSplit ? 9 : 1)} partitions: done");
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 140);
        Console.WriteLine($"{data.Enterprises.Count:N0} enterprises, packs of {PerPack} of a street, months {WarmUpMonths + 1} to "
            + $"{months}; processor time of a submission of twenty figures");
        AnsiConsole.Write(table);
    }

    private async Task<(double Rate, IReadOnlyList<(string Process, double Each)> Costs)> MeasureAsync(int silos, bool isSplit)
    {
        var own = Path.Combine(folder, $"silos-{silos}-{(isSplit ? 9 : 1)}");
        data.WriteCatalogue(Path.Combine(own, "catalogue"));
        if (isSplit)
        {
            BenchData.WritePartitions(Path.Combine(own, "catalogue"));
        }

        await using var arrangement = await ClusterArrangement.StartAsync(own, silos);
        for (var month = 0; month < WarmUpMonths; month++)
        {
            await arrangement.RunAsync(PacksOf(month), PerPack);
        }

        // A silo that came late gets its share within seconds.
        await Task.Delay(TimeSpan.FromSeconds(8));
        var (before, start, submissions) = (arrangement.Times, Stopwatch.GetTimestamp(), data.Enterprises.Count * (months - WarmUpMonths));
        for (var month = WarmUpMonths; month < months; month++)
        {
            await arrangement.RunAsync(PacksOf(month), PerPack);
        }

        var time = Stopwatch.GetElapsedTime(start);
        return (submissions / time.TotalSeconds, [
            .. arrangement.Times.Zip(before, (after, then) => (after.Process, (after.Time - then.Time).TotalMicroseconds / submissions)),
        ]);
    }

    private List<byte[]> PacksOf(int month) =>
        [.. data.ByStreet().Select(e => data.Submission(e, First.AddMonths(month))).Chunk(PerPack).Select(BenchData.Pack)];
}
