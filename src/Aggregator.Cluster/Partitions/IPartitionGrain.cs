namespace XilinIngest.Aggregator.Cluster.Partitions;

/// <summary>A partition, wherever it runs. Its key is in <see cref="Placement.PartitionKeys"/>.</summary>
[Alias("partition")]
internal interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>Starts the partition where it does not run.</summary>
    [Alias("ping")]
    Task PingAsync();

    /// <summary>Ends the partition here, and starts it where it belongs.</summary>
    [Alias("leave")]
    Task LeaveAsync();
}
