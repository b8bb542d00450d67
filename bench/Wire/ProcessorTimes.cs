using System.Runtime.Versioning;
using XilinIngest.TestBrokers;

namespace XilinIngest.Bench.Wire;

/// <summary>The processor time so far of every process that a submission passes through.</summary>
internal readonly record struct ProcessorTimes(TimeSpan Client, TimeSpan Broker, TimeSpan Worker, TimeSpan Aggregator)
{
    public IEnumerable<(string Process, TimeSpan Time)> Parts =>
        [("client (this bench)", Client), ("broker", Broker), ("worker", Worker), ("aggregator", Aggregator)];

    [UnsupportedOSPlatform("windows")]
    public static ProcessorTimes Measure(BenchServices services, PrivateBrokerNode broker) =>
        new(Environment.CpuUsage.TotalTime, broker.ProcessorTime, services.WorkerTime, services.AggregatorTime);

    public static ProcessorTimes operator +(ProcessorTimes a, ProcessorTimes b) =>
        new(a.Client + b.Client, a.Broker + b.Broker, a.Worker + b.Worker, a.Aggregator + b.Aggregator);

    public static ProcessorTimes operator -(ProcessorTimes a, ProcessorTimes b) =>
        new(a.Client - b.Client, a.Broker - b.Broker, a.Worker - b.Worker, a.Aggregator - b.Aggregator);
}
