using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reloading;

/// <summary>Refuses an edit of the partitions while a service runs: each has a ledger and a cube, which are opened at the start.</summary>
internal static class PartitionEdit
{
    /// <returns>The fault of an edit that changes which partitions there are; null: it does not.</returns>
    public static CatalogueFault? FindFault(PartitionMap before, PartitionMap next)
    {
        if (!before.All.ToHashSet().SetEquals(next.All))
        {
            return new(
                PartitionRows.Shape.File, null, "path",
                new($"分区由 {List(before)} 改为 {List(next)}，而每个分区有自己的台账和结果库，服务运行中不能改动",
                    $"the partitions were changed from {ListEn(before)} to {ListEn(next)}; each has a ledger and a cube of its own, and "
                    + "they cannot change while a service runs"),
                new("请恢复原来的分区；要另行划分的，停止各服务后运行 xilin-admin partition",
                    "put the partitions back as they were; to split the tree in another way, stop the services and run xilin-admin "
                    + "partition"));
        }

        var connections = before.All.ToDictionary(partition => partition.Path, partition => partition.Connection);
        return next.All.FirstOrDefault(partition => connections[partition.Path] != partition.Connection) is { } moved
            ? new(
                PartitionRows.Shape.File, null, "connection",
                new($"分区 {moved.Path} 的 connection 由“{connections[moved.Path]}”改为“{moved.Connection}”，而台账和结果库在启动时打开，服务运行中不能改动",
                    $"the connection of partition {moved.Path} was changed from \"{connections[moved.Path]}\" to \"{moved.Connection}\"; "
                    + "its ledger and its cube are opened at the start, and it cannot change while a service runs"),
                new("请恢复原来的 connection；要移动数据库的，停止各服务，移动后再启动",
                    "put the connection back as it was; to move the databases, stop the services, move them and start again"))
            : null;
    }

    private static string List(PartitionMap map) => map.AreSeveral ? string.Join('、', map.All) : "整棵树";

    private static string ListEn(PartitionMap map) => string.Join(", ", map.All);
}
