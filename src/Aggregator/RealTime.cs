using System.Diagnostics.CodeAnalysis;

// The types that may read the system's clock and use timers and threads. All others are stepped by a simulation (docs/simulation.md).
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Program",
    Justification = "A host names the system's clock.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.AggregatorRegistration",
    Justification = "It gives the steps the system's clock; that of the host is for dates alone, and stands still in tests.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Partitions.PartitionLoop",
    Justification = "The loop around the steps waits for packs and pauses.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Partitions.PartitionResults",
    Justification = "It gives the steps the system's clock; that of the host is for dates alone, and stands still in tests.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Api.ResultStream",
    Justification = "A live feed pings its reader.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Cube.CubeLease",
    Justification = "The heartbeat of a holder is compared with the time of its file.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Cube.CubeStore",
    Justification = "The heartbeat on a server is written every few seconds.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Cube.CubeLoader",
    Justification = "A load reads the results beside the months, which decides nothing.")]
[assembly: SuppressMessage("ApiDesign", "RS0030", Scope = "type", Target = "~T:XilinIngest.Aggregator.Cube.IndicatorCube",
    Justification = "A load sums the units of many months on several threads, which decides nothing.")]
