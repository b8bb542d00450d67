using XilinIngest.Simulation.Tests.Runs;
using Xunit.Abstractions;

namespace XilinIngest.Simulation.Tests;

/// <summary>The promises are asked in earnest: a system with a fault does not pass.</summary>
public sealed class A_fault_put_in_by_hand(ITestOutputHelper output)
{
    [Theory]
    [InlineData(nameof(FaultByHand.AcknowledgeBeforeCommit), "Promise 3", 300)]
    [InlineData(nameof(FaultByHand.MarkBeforeConfirm), "Promise 4", 300)]
    [InlineData(nameof(FaultByHand.PositionBeforeResults), "Promise", 300)]
    [InlineData(nameof(FaultByHand.WriteWithoutLease), "Promise", 300)]
    public void Is_found_within_some_seeds(string fault, string promise, int seeds)
    {
        SeedResult? found = null;
        SeedRunner.Run(Enumerable.Range(1, seeds), result =>
        {
            found = result.Broken.Count > 0 ? result : null;
            return found is null;
        }, Enum.Parse<FaultByHand>(fault));

        Assert.NotNull(found);
        output.WriteLine($"{fault} is found by seed {found.Seed}: {found.Broken[0]}");
        Assert.Contains(found.Broken, broken => broken.StartsWith(promise, StringComparison.Ordinal));
    }
}
