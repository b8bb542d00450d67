using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles;

/// <summary>
/// Reads <c>partitions.csv</c> alone, for who needs databases and queues before the whole catalogue is read. Its faults are those of the
/// catalogue, which stop the start.
/// </summary>
public static class PartitionFile
{
    /// <param name="folder">The catalogue's folder.</param>
    /// <returns>The partitions that can be read; one with the whole tree if the file names none.</returns>
    public static IReadOnlyList<Partition> Read(string folder)
    {
        var rows = PartitionRows.Read(CsvTable.Open(folder, PartitionRows.Shape, []));
        return rows.Count == 0 ? [Partition.WholeTree] : [.. rows.Select(row => row.Value)];
    }
}
