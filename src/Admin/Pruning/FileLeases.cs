using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Hosting;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Pruning;

/// <summary>Holds the SQLite files of an installation, so that no service opens them while they are compacted.</summary>
internal sealed class FileLeases : IDisposable
{
    // A file has one lease for all names.
    private const string LeaseName = "prune";

    private readonly IReadOnlyList<Store> _files;
    private readonly List<IDisposable> _held = [];

    public FileLeases(IEnumerable<Store> stores)
    {
        _files = [.. stores.Where(store => store.Database.Provider == StorageProvider.Sqlite)];
        foreach (var file in _files)
        {
            if (file.Database.TryAcquireLease(LeaseName) is not { } lease)
            {
                InUse = file.Database.Name;
                return;
            }

            _held.Add(lease);
        }
    }

    /// <summary>A file that a service has open; null: none.</summary>
    public string? InUse { get; }

    /// <summary>Gives the free space of the files back to the disk.</summary>
    public void Compact(ServiceConsole console)
    {
        foreach (var name in _files.Select(file => file.Database.Name))
        {
            var before = new FileInfo(name).Length;
            CubePruning.Compact(new Database(name));
            var after = new FileInfo(name).Length;
            console.WriteLine(
                $"✓ {name}：由 {PrunePlan.Megabytes(before)} MB 压缩到 {PrunePlan.Megabytes(after)} MB。",
                $"✓ {name}: compacted from {PrunePlan.Megabytes(before)} MB to {PrunePlan.Megabytes(after)} MB.");
        }
    }

    public void Dispose() => _held.ForEach(lease => lease.Dispose());
}
