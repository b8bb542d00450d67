using System.Diagnostics;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;

namespace XilinIngest.Bench.Province;

/// <summary>
/// Memory and time of a province's months, all partitions in this process, each on one processor: what a partition takes, and what the one
/// above them takes.
/// </summary>
internal sealed class ProvinceMeasurement(string folder, int counties, int enterprises, int months, int stepsOfMonth)
{
    private readonly Dictionary<Partition, ProvincePartition> _partitions = [];
    private long _messages;
    private long _sums;

    public void Run()
    {
        var watch = Stopwatch.StartNew();
        var before = Memory();
        var province = new ProvinceCatalogue(counties, enterprises / counties).WriteAndRead(folder);
        var all = province.Partitions.All;
        Console.WriteLine($"{enterprises:N0} enterprises, {counties} counties, {months} months, {stepsOfMonth} steps a month");
        Console.WriteLine($"catalogue: {Memory() - before:N0} MB, {Lap():N1} s");

        before = Memory();
        foreach (var partition in all)
        {
            _partitions[partition] = new ProvincePartition(province, partition);
        }

        Exchange([.. _partitions.Values.SelectMany(each => each.All())], new Period(2021, 1));
        Console.WriteLine($"{all.Count} empty cubes: {Memory() - before:N0} MB, {Lap():N1} s");
        before = Memory();
        for (var month = 0; month < months; month++)
        {
            var (messages, sums) = (_messages, _sums);
            foreach (var each in _partitions.Values)
            {
                each.Time.Reset();
            }

            RunMonth(new Period(2021, 1).AddMonths(month));
            var times = _partitions.Values.Where(each => each.EnterpriseCount > 0).Select(each => each.Time.Elapsed).Order().ToList();
            var (middle, dearest) = (times[times.Count / 2].TotalMilliseconds, times[^1].TotalMilliseconds);
            Console.WriteLine(
                $"{new Period(2021, 1).AddMonths(month)}: {Lap():N1} s; a county {middle:N0} ms, the dearest {dearest:N0}; above "
                + $"{_partitions[all[0]].Time.Elapsed.TotalMilliseconds:N0} ms; {_messages - messages:N0} messages, "
                + $"{_sums - sums:N0} years of sums");
        }

        var values = (long)enterprises * BenchData.IndicatorCount * months;
        var used = Memory() - before;
        Console.WriteLine(
            $"{values / 1_000_000.0:N0} million values: {used:N0} MB, {used * 1_048_576.0 / values:N1} bytes each with the results");
        Console.WriteLine(
            $"working set {Environment.WorkingSet >> 20:N0} MB; {_partitions.Values.Sum(each => each.Published):N0} messages published");

        double Lap()
        {
            var lap = watch.Elapsed.TotalSeconds;
            watch.Restart();
            return lap;
        }
    }

    // Each county takes a part of the month, then what is above takes what they sent, then they take what it sent.
    private void RunMonth(Period month)
    {
        for (var step = 0; step < stepsOfMonth; step++)
        {
            var part = step;
            Exchange([.. _partitions.Values.AsParallel().SelectMany(each =>
            {
                var (from, to) = (each.EnterpriseCount * part / stepsOfMonth, each.EnterpriseCount * (part + 1) / stepsOfMonth);
                return each.Step(month, from, to - from);
            })], month);
        }
    }

    private void Exchange(List<RollUpMessage> sent, Period month)
    {
        while (sent.Count > 0)
        {
            _messages += sent.Count;
            _sums += sent.Sum(message => message.Sums.Count);
            var next = new List<RollUpMessage>();
            foreach (var group in sent.GroupBy(message => message.To))
            {
                _partitions[group.Key].Take(group);
            }

            foreach (var to in sent.Select(message => message.To).Distinct())
            {
                next.AddRange(_partitions[to].Step(month, 0, 0));
            }

            sent = next;
        }
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true) >> 20;
}
