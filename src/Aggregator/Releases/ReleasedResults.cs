using Microsoft.Extensions.Caching.Memory;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Releases;

/// <summary>The results of releases: read from the stores when they are asked for, the last few kept.</summary>
internal sealed class ReleasedResults(ResultPartitions partitions) : IDisposable
{
    private const int MaxKept = 8;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxKept });

    /// <summary>
    /// The totals and rankings of a release as if nothing else had been published: with the names and the targets of the present catalogue.
    /// </summary>
    /// <param name="now">The present results.</param>
    /// <param name="release">The release.</param>
    /// <exception cref="DamagedDataException">A publication of the release is missing or was altered.</exception>
    public PublishedSnapshot Read(PublishedSnapshot now, ReleasedMonth release)
    {
        var (totals, rankings) = _kept.GetOrCreate(release, entry =>
        {
            entry.Size = 1;
            return SnapshotReader.TablesOf(VersionsOf(release));
        });
        return now with
        {
            Horizons = [release.Period],
            Through = release.LedgerThrough,
            Totals = totals,
            Rankings = rankings,
            Alerts = now.Alerts.Clear(),
            ReportedYears = now.ReportedYears.Clear(),
        };
    }

    private IEnumerable<ResultVersion> VersionsOf(ReleasedMonth release) => release.Parts is { } parts
        ? parts.ByPath.SelectMany(part => partitions.Find(part.Key)!.Store.ReadReleased(part.Value))
        : partitions.All[0].Store.ReadReleased(release);

    public void Dispose() => _kept.Dispose();
}
