namespace XilinIngest.Messaging;

/// <summary>Exchanges on which services of one kind talk among themselves: their messages are no contracts.</summary>
public static class ServiceExchanges
{
    /// <summary>Sums that the cubes of partitions tell each other; the key is the partition that they are for.</summary>
    public const string RollUps = "xilin.rollups";
}
