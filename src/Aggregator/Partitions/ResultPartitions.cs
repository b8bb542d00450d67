using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>
/// The results of all partitions; of one, the whole tree, where it is not split. Which partitions there are does not change while a service
/// runs.
/// </summary>
internal sealed class ResultPartitions(CatalogueSource catalogues, IReadOnlyList<PartitionResults> all) : IDisposable
{
    private readonly Dictionary<string, PartitionResults> _byPath = all.ToDictionary(each => each.Partition.Path);

    /// <summary>All partitions, in the order of the file.</summary>
    public IReadOnlyList<PartitionResults> All => all;

    /// <summary>Whether the tree is split.</summary>
    public bool AreSeveral => all.Count > 1;

    /// <summary>Whether this process works on every partition, and may answer for all.</summary>
    public bool AreActive => all.All(each => each.IsActive);

    /// <summary>Whether the stored results of every partition are loaded: without, a figure would be missing and not late.</summary>
    public bool AreLoaded => all.All(each => each.Host.IsLoaded);

    /// <summary>Whether rows of any ledger may be missing.</summary>
    public bool MayLackRows => all.Any(each => each.Host.MayLackRows);

    /// <summary>The partition with a path; null: there is none.</summary>
    public PartitionResults? Find(string? path) => _byPath.GetValueOrDefault(path ?? "");

    /// <summary>The partition that publishes a unit's results and has its reports.</summary>
    /// <param name="code">The unit's code; of one that the catalogue does not know, any partition can say so.</param>
    public PartitionResults HomeOf(string code) => catalogues.Current is var catalogue && catalogue.Units.TryFind(code, out var unit)
        ? HomeOf(catalogue, unit) : all[0];

    /// <inheritdoc cref="HomeOf(string)"/>
    public PartitionResults HomeOf(Catalogue catalogue, Unit unit) => _byPath[catalogue.Partitions.HomeOf(unit).Path];

    /// <summary>
    /// The partitions with a unit or one that is below it in a month, that of the unit first; empty: the catalogue does not know it.
    /// </summary>
    public IReadOnlyList<PartitionResults> Below(string code, Period period)
    {
        var catalogue = catalogues.Current;
        if (!catalogue.Units.TryFind(code, out var unit))
        {
            return [];
        }

        return !AreSeveral ? all :
        [
            .. catalogue.Units.All.Where(each => each.SpanIn(period) is not null
                && catalogue.Units.AncestorsOf(each, period).Contains(unit)).Prepend(unit)
                .Select(each => HomeOf(catalogue, each)).Distinct(),
        ];
    }

    /// <summary>The partition with the topmost unit, which publishes what concerns the whole tree.</summary>
    public PartitionResults Top => catalogues.Current is { Units.Topmost: { } top } catalogue ? HomeOf(catalogue, top) : all[0];

    /// <summary>Whether the results have all rows up to one of each partition's ledger.</summary>
    public bool HaveApplied(IReadOnlyDictionary<string, long> through) =>
        through.All(each => Find(each.Key) is not { } partition || partition.Host.AppliedThrough >= each.Value);

    /// <summary>Whether the cube of each partition has the sums of all others as they are now.</summary>
    public bool AreSettled => all.All(each => each.Host.IsSettled(path => Find(path)?.Host.AppliedThrough ?? 0));

    public void Dispose()
    {
        foreach (var each in all)
        {
            each.Dispose();
        }
    }
}
