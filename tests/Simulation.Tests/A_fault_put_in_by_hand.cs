using XilinIngest.Simulation.Tests.Runs;
using Xunit.Abstractions;

namespace XilinIngest.Simulation.Tests;

/// <summary>The promises are asked in earnest: a system with a fault does not pass.</summary>
public sealed class A_fault_put_in_by_hand(ITestOutputHelper output)
{
    private const int MaxSeeds = 300;

    [Theory]
    [InlineData(nameof(FaultByHand.AcknowledgeBeforeCommit))]
    [InlineData(nameof(FaultByHand.MarkBeforeConfirm))]
    [InlineData(nameof(FaultByHand.PositionBeforeResults))]
    [InlineData(nameof(FaultByHand.WriteWithoutLease))]
    public void Is_found_within_some_seeds(string fault)
    {
        SeedResult? found = null;
        SeedRunner.Run(Enumerable.Range(1, MaxSeeds), result =>
        {
            found = result.Broken.Count > 0 ? result : null;
            return found is null;
        }, Enum.Parse<FaultByHand>(fault));

        Assert.NotNull(found);
        output.WriteLine($"{fault} is found by seed {found.Seed}: {found.Broken[0]}");
    }
}
