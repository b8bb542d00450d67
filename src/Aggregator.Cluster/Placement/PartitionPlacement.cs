using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace XilinIngest.Aggregator.Cluster.Placement;

/// <summary>
/// Which silo has which partition. Every silo computes the same from the same silos: each partition goes to the silo with the highest hash
/// of both that has not yet its share. So a silo that comes or goes moves few partitions, and the shares differ by one at most.
/// </summary>
internal static class PartitionPlacement
{
    /// <param name="partitions">The keys of the partitions, in any order.</param>
    /// <param name="silos">The names of the silos, in any order; at least one.</param>
    /// <returns>The silo of each partition.</returns>
    public static IReadOnlyDictionary<string, string> Assign(IEnumerable<string> partitions, IReadOnlyCollection<string> silos)
    {
        var all = partitions.Order(StringComparer.Ordinal).ToList();
        var (share, larger) = (all.Count / silos.Count, all.Count % silos.Count);
        var counts = silos.ToDictionary(silo => silo, _ => 0, StringComparer.Ordinal);
        var assigned = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var partition in all)
        {
            var silo = silos.Where(each => counts[each] < share || (counts[each] == share && larger > 0))
                .OrderByDescending(each => Score(partition, each)).ThenBy(each => each, StringComparer.Ordinal).First();
            larger -= counts[silo] == share ? 1 : 0;
            counts[silo]++;
            assigned.Add(partition, silo);
        }

        return assigned;
    }

    private static ulong Score(string partition, string silo) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{partition}\n{silo}")));
}
