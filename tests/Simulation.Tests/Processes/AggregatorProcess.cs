using System.Diagnostics.Metrics;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Messaging;
using XilinIngest.Simulation.Tests.Bus;
using XilinIngest.Simulation.Tests.Runs;

namespace XilinIngest.Simulation.Tests.Processes;

/// <summary>
/// An aggregator, which may run the cube of any partition. With leases it takes all, in their order, and ends with the first that it loses,
/// as AggregatorService does; without, each starts and ends by itself, as in a silo.
/// </summary>
internal sealed class AggregatorProcess : SimulatedProcess, IMeterFactory
{
    private readonly List<Meter> _meters = [];

    public AggregatorProcess(SimulatedRun run, string name)
        : base(run, name)
    {
        var transport = new SimulatedTransport(run.Bus, this);
        var (model, bus) = (new PublishedModel(), (transport.CreatePublisher(), new QueueOpener(transport)));
        Cubes = [.. run.Stores.All.Select(stores => new ProcessCube(run, this, stores, model, bus, this))];
    }

    public IReadOnlyList<ProcessCube> Cubes { get; }

    public ProcessCube CubeOf(string path) => Cubes.First(cube => cube.Path == path);

    public override bool MayReceive(SimulatedQueue queue) => CubeOf(queue.Path!).MayReceive;

    public override void Receive(SimulatedDelivery delivery) => Call(() => CubeOf(delivery.Queue.Path!).Receive(delivery));

    public override void AddActions(ActionList actions)
    {
        var mayAcquire = true;
        foreach (var cube in Cubes)
        {
            cube.AddActions(actions, mayAcquire);
            mayAcquire = mayAcquire && cube.IsRunning;
        }
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    public override void Dispose()
    {
        _meters.ForEach(meter => meter.Dispose());
        foreach (var cube in Cubes)
        {
            cube.Dispose();
        }
    }
}
