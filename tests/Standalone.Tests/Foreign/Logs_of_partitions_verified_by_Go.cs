using XilinIngest.Standalone.Tests.Api;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>The same years in a service with a log for each street.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class Logs_of_partitions_verified_by_Go(PartitionedSample split, GoVerifier go)
{
    private const string Street = "32.04.04.004";

    [Theory]
    [InlineData("32.04.04.005")]
    [InlineData(Street)]
    [InlineData("32.04.04.004.202")]
    public async Task Have_their_rows_and_only_ever_grew(string partition)
    {
        using var files = new LogFiles(split.Service, partition);
        var (keys, older, newer) = (await files.SaveKeysAsync(), await files.SaveCheckpointAsync(1), await files.SaveCheckpointAsync());
        foreach (var sequence in new[] { 1, LogFiles.SizeOf(newer) })
        {
            var row = await files.SaveRowAsync(sequence);
            var said = await go.AcceptAsync("inclusion", keys, newer, row, await files.SaveInclusionAsync(sequence, newer));
            Assert.Contains($"/{partition} has ", said, StringComparison.Ordinal);
        }

        await go.AcceptAsync("consistency", keys, older, newer, await files.SaveConsistencyAsync(older, newer));
    }

    [Fact]
    public async Task Are_not_taken_for_each_other()
    {
        using var street = new LogFiles(split.Service, Street);
        using var other = new LogFiles(split.Service, "32.04.04.005");
        var (keys, row, checkpoint) = (await street.SaveKeysAsync(), await street.SaveRowAsync(1), await other.SaveCheckpointAsync());
        await go.RefuseAsync("inclusion", keys, checkpoint, row, await other.SaveInclusionAsync(1, checkpoint));

        var (older, newer) = (await street.SaveCheckpointAsync(1), checkpoint);
        Assert.EndsWith(
            "are not the same log",
            await go.RefuseAsync("consistency", keys, older, newer, await other.SaveConsistencyAsync(newer, newer)));
    }
}
