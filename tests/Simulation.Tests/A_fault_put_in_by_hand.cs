using XilinIngest.Simulation.Tests.Runs;
using Xunit.Abstractions;

namespace XilinIngest.Simulation.Tests;

/// <summary>The promises are asked in earnest: a system with a fault does not pass.</summary>
public sealed class A_fault_put_in_by_hand(ITestOutputHelper output)
{
    private const int MaxSeeds = 600;

    [Theory]
    [InlineData(nameof(FaultByHand.AcknowledgeBeforeCommit))]
    [InlineData(nameof(FaultByHand.MarkBeforeConfirm))]
    [InlineData(nameof(FaultByHand.PositionBeforeResults))]
    [InlineData(nameof(FaultByHand.WriteWithoutLease))]
    public void Is_found_within_some_seeds(string fault) => Find(fault, isSplit: false);

    [Theory]
    [InlineData(nameof(FaultByHand.PositionBeforeResults))]
    [InlineData(nameof(FaultByHand.WriteWithoutEpoch))]
    [InlineData(nameof(FaultByHand.AcknowledgeAfterOneLedger))]
    [InlineData(nameof(FaultByHand.MonthInOneLedger))]
    [InlineData(nameof(FaultByHand.RollUpWithoutEpoch))]
    public void Is_found_in_a_tree_with_partitions(string fault) => Find(fault, isSplit: true);

    private void Find(string fault, bool isSplit)
    {
        SeedResult? found = null;
        var seeds = 0;
        SeedRunner.Run(Enumerable.Range(1, MaxSeeds).Where(seed => SimulatedRun.SplitsTree(seed) == isSplit), result =>
        {
            seeds++;
            found = result.Broken.Count > 0 ? result : null;
            return found is null;
        }, Enum.Parse<FaultByHand>(fault));

        Assert.NotNull(found);
        output.WriteLine($"{fault} is found by seed {found.Seed}, number {seeds} of its kind: {found.Broken[0]}");
    }
}
