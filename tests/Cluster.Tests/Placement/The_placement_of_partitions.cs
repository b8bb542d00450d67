using XilinIngest.Aggregator.Cluster.Placement;

namespace XilinIngest.Cluster.Tests.Placement;

public sealed class The_placement_of_partitions
{
    private static readonly string[] Partitions = [.. Enumerable.Range(1, 9).Select(i => $"32.04.04.00{i}")];
    private static readonly string[] Silos = ["10.0.0.1:5092", "10.0.0.2:5092", "10.0.0.3:5092"];

    [Fact]
    public void Is_the_same_whatever_the_order_and_gives_each_silo_its_share()
    {
        var assigned = PartitionPlacement.Assign(Partitions, Silos);
        Assert.Equal(assigned, PartitionPlacement.Assign(Partitions.Reverse(), [.. Silos.Reverse()]));
        Assert.All(Silos, silo => Assert.Equal(3, assigned.Count(each => each.Value == silo)));
    }

    [Fact]
    public void Moves_to_the_others_what_a_silo_had_and_little_else()
    {
        var (before, after) = (PartitionPlacement.Assign(Partitions, Silos), PartitionPlacement.Assign(Partitions, Silos[..2]));
        Assert.True(Partitions.Count(each => before[each] != Silos[2] && before[each] != after[each]) <= 3);
        Assert.All(Silos[..2], silo => Assert.InRange(after.Count(each => each.Value == silo), 4, 5));
    }

    [Fact]
    public void Gives_no_silo_two_more_than_another_whatever_their_names()
    {
        for (var port = 5000; port < 5200; port++)
        {
            var silos = Silos.Select((_, i) => $"10.0.0.{i + 1}:{port + i}").ToArray();
            var counts = PartitionPlacement.Assign(Partitions[..4], silos).GroupBy(each => each.Value).Select(each => each.Count()).Order();
            Assert.Equal([1, 1, 2], counts);
        }
    }

    [Fact]
    public void Puts_a_single_partition_on_one_silo() =>
        Assert.Single(PartitionPlacement.Assign(["*"], Silos));
}
