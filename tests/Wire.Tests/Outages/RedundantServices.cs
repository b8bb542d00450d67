using System.Diagnostics;
using XilinIngest.TestBrokers;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>What is killed, or falls silent for a while.</summary>
internal enum OutageTarget
{
    Worker,
    Broker,
    ActiveAggregator,
    StandbyAggregator,
    FrozenWorker,
    FrozenAggregator,
    WorkersLine,
    AggregatorsLine,
    Alarm,
    Purge,
}

/// <summary>Two workers, an aggregator that works and one that stands by, and their broker: each is replaced when it is killed.</summary>
internal sealed class RedundantServices
{
    /// <summary>What docs/wire.md promises.</summary>
    private static readonly TimeSpan TakeoverLimit = TimeSpan.FromSeconds(2);

    private readonly WireDeployment _wire;
    private readonly Random _random;
    private readonly ServiceProcess[] _workers;
    private readonly ServiceProcess[] _aggregators;
    private bool _wasSteady;

    internal RedundantServices(WireDeployment wire, Random random) => (_wire, _random, _workers, _aggregators) =
        (wire, random, [wire.Worker, wire.StartWorker()], [wire.Aggregator, wire.StartAggregator()]);

    internal int Killed { get; private set; }

    internal int BrokersKilled { get; private set; }

    /// <summary>How long a standby that was ready took at most.</summary>
    internal TimeSpan LongestTakeover { get; private set; }

    internal string Outputs =>
        string.Join("\n\n",
            _workers.Concat(_aggregators).Select(service => service.Output).Select(said => said[Math.Max(0, said.Length - 4_000)..]));

    internal async Task<ServiceProcess> ActiveAsync() => _aggregators[await ActiveIndexAsync()];

    internal async Task ReadyAsync()
    {
        await Task.WhenAll(_workers.Select(worker => worker.WaitUntilReadyAsync()));
        await Eventually.IsTrueAsync(async () => (await Task.WhenAll(_aggregators.Select(HealthAsync))).Count(IsStandby) == 1,
            () => Outputs);
        await (await ActiveAsync()).WaitUntilReadyAsync();
    }

    /// <summary>SIGKILL, and what comes after it.</summary>
    internal Task KillAsync(OutageTarget target) => target switch
    {
        OutageTarget.Worker => KillWorkerAsync(),
        OutageTarget.Broker => KillBrokerAsync(),
        OutageTarget.ActiveAggregator => KillActiveAsync(),
        OutageTarget.StandbyAggregator => KillStandbyAsync(),
        OutageTarget.FrozenWorker => FreezeAsync(_workers[_random.Next(_workers.Length)]),
        OutageTarget.FrozenAggregator => FreezeActiveAsync(),
        OutageTarget.WorkersLine => StallAsync(_wire.WorkerProxy),
        OutageTarget.AggregatorsLine => StallAsync(_wire.AggregatorProxy),
        OutageTarget.Alarm => AlarmAsync(),
        _ => PurgeAsync(),
    };

    // Shorter and longer than either end takes to give the other up.
    private TimeSpan RandomFreezeTime => TimeSpan.FromSeconds(_random.Next(1, 25));

    private async Task FreezeAsync(ServiceProcess service)
    {
        Killed++;
        service.Freeze();
        await Task.Delay(RandomFreezeTime);
        service.Thaw();
    }

    private async Task FreezeActiveAsync() => await FreezeAsync(await ActiveAsync());

    // What was held back passes late, or never.
    private async Task StallAsync(TcpProxy line)
    {
        Killed++;
        line.Stall();
        await Task.Delay(RandomFreezeTime);
        if (_random.Next(2) == 0)
        {
            line.Resume();
        }
        else
        {
            line.Cut();
        }
    }

    private async Task AlarmAsync()
    {
        Killed++;
        await _wire.Broker.SetAlarmAsync(isOn: true);
        await Task.Delay(RandomFreezeTime);
        await _wire.Broker.SetAlarmAsync(isOn: false);
    }

    private async Task PurgeAsync()
    {
        Killed++;
        await _wire.Broker.PurgeOwnQueuesAsync("xilin.aggregator");
    }

    private Task KillWorkerAsync()
    {
        Replace(_workers, _random.Next(_workers.Length), () => _wire.StartWorker());
        return Task.CompletedTask;
    }

    private async Task KillBrokerAsync()
    {
        Killed++;
        BrokersKilled++;
        await _wire.Broker.KillAsync();
        if (!_wasSteady)
        {
            _wasSteady = true;
            await WaitUntilSteadyAsync(_workers[_random.Next(_workers.Length)]);
        }
        else if (_random.Next(2) == 0)
        {
            // Others may go while it is away, and start without it.
            var (services, start) = _random.Next(2) == 0
                ? (_workers, (Func<ServiceProcess>)(() => _wire.StartWorker())) : (_aggregators, () => _wire.StartAggregator());
            Replace(services, _random.Next(services.Length), start);
            await Task.Delay(_random.Next(1_500));
        }

        await _wire.Broker.RestartAsync();
    }

    private async Task KillActiveAsync()
    {
        var active = await ActiveIndexAsync();
        var standby = _aggregators[1 - active];
        var wasReady = IsStandby(await HealthAsync(standby));
        Replace(_aggregators, active, () => _wire.StartAggregator());
        if (!wasReady)
        {
            return;
        }

        var killed = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(async () => await HealthAsync(standby) is { Length: > 0 } health && !IsStandby(health),
            () => standby.Output);
        LongestTakeover = killed.Elapsed > LongestTakeover ? killed.Elapsed : LongestTakeover;
        Assert.True(killed.Elapsed < TakeoverLimit, $"The standby took over after {killed.Elapsed}.");
    }

    private async Task KillStandbyAsync() => Replace(_aggregators, 1 - await ActiveIndexAsync(), () => _wire.StartAggregator());

    private void Replace(ServiceProcess[] services, int index, Func<ServiceProcess> start)
    {
        Killed++;
        services[index].Kill();
        services[index].Dispose();
        services[index] = start();
    }

    private async Task<int> ActiveIndexAsync()
    {
        var index = -1;
        await Eventually.IsTrueAsync(
            async () => (index =
                Array.FindIndex(await Task.WhenAll(_aggregators.Select(HealthAsync)), health => health.Length > 0
                    && !IsStandby(health))) >= 0, () => Outputs);
        return index;
    }

    // Empty: it does not serve yet.
    private static async Task<string> HealthAsync(ServiceProcess service) => service.IsServing ? await service.HealthAsync("cube") : "";

    private static bool IsStandby(string health) => health.Contains("standby", StringComparison.Ordinal);

    // With the broker away: unhealthy, and idle.
    private static async Task WaitUntilSteadyAsync(ServiceProcess service)
    {
        await Eventually.IsTrueAsync(async () => (await service.HealthAsync("bus")).StartsWith("Unhealthy", StringComparison.Ordinal),
            () => service.Output);

        // The break itself costs seconds of exceptions on a busy machine, each thrown for the first time in this process: then it is quiet,
        // or never.
        var spent = TimeSpan.MaxValue;
        await Eventually.IsTrueAsync(async () =>
        {
            var before = service.ProcessorTime;
            await Task.Delay(2_000);
            spent = service.ProcessorTime - before;
            return spent < TimeSpan.FromSeconds(0.5);
        }, () => $"Waiting for the broker cost {spent} of the processor in 2 s.\n{service.Output}");
    }
}
