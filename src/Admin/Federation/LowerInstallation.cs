using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Federation;

/// <summary>The installation whose totals are reported: what it publishes of one unit, and its ledger.</summary>
internal sealed class LowerInstallation(InstallationClient client, string unit)
{
    // Of a version, the oldest rows are named, and no more than these.
    private const int MaxCauses = 20;

    private readonly Dictionary<(string Indicator, int Year), IReadOnlyList<SeriesPoint>> _series = [];
    private CatalogueUnit? _home;

    public Task<Catalogue> ReadCatalogueAsync(CancellationToken cancellationToken) => client.ReadCatalogueAsync(cancellationToken);

    public Task<IReadOnlyList<IndicatorTotal>> ReadTotalsAsync(Period period, CancellationToken cancellationToken) =>
        client.GetAsync<IReadOnlyList<IndicatorTotal>>($"api/totals?unit={unit}&period={period}", cancellationToken);

    /// <summary>The message with a version of a total as it was published, or as it was pruned; null: it is not there, or too old to be
    /// listed.</summary>
    public async Task<TotalsPublished?> ReadVersionAsync(
        string indicator, string period, int version, CancellationToken cancellationToken)
    {
        var versions = await client.GetAsync<IReadOnlyList<TotalsPublished>>(
            $"api/totals/versions?unit={unit}&indicator={Uri.EscapeDataString(indicator)}&period={period}&limit=500", cancellationToken);
        return versions.FirstOrDefault(
            published => published.Totals.Any(total => total.Indicator == indicator && total.Version == version));
    }

    /// <summary>A total as the value that is reported above, with what its earlier months show of stages.</summary>
    public async Task<MappedTotal> MapAsync(
        IndicatorTotal total, Indicator indicator, UpperPlace place, CancellationToken cancellationToken)
    {
        List<SeriesPoint> history = [];
        if (indicator.Kind.HasNamedStages && total.UnitsWithoutStage is not null)
        {
            history.AddRange(await ReadSeriesAsync(total.Indicator, place.Period.Year - 1, cancellationToken));
            history.AddRange(await ReadSeriesAsync(total.Indicator, place.Period.Year, cancellationToken));
        }

        return TotalMapping.Map(total, indicator, place, stage => StageHistory.FindDay(history, place.Period, stage));
    }

    /// <summary>
    /// A checkpoint that covers the rows of these totals: the first one with the newest row that changed them, so that the same totals have
    /// the same checkpoint. It is the newest one where the rows are not all named. Ask after the totals.
    /// </summary>
    public async Task<Checkpoint> ReadCheckpointAsync(IReadOnlyList<IndicatorTotal> totals, CancellationToken cancellationToken)
    {
        var areNamed = totals.All(total => total.Cause.Count is > 0 and < MaxCauses);
        return areNamed
            ? await client.GetAsync<Checkpoint>(
                string.Create(CultureInfo.InvariantCulture, $"api/ledger/checkpoint?covering={totals.Max(total => total.Cause[^1])}")
                + RowsOfPartition.Query('&', await ReadPartitionAsync(cancellationToken)), cancellationToken)
            : await ReadNewestCheckpointAsync(cancellationToken);
    }

    /// <summary>The newest checkpoint of the ledger that has the unit's rows.</summary>
    public async Task<Checkpoint> ReadNewestCheckpointAsync(CancellationToken cancellationToken) => await client.GetAsync<Checkpoint>(
        $"api/ledger/checkpoint{RowsOfPartition.Query('?', await ReadPartitionAsync(cancellationToken))}", cancellationToken);

    /// <summary>The keys of the ledger that has the unit's rows.</summary>
    public async Task<LedgerKeys> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var partition = await ReadPartitionAsync(cancellationToken);
        var ledgers = await client.GetAsync<IReadOnlyList<LedgerKeys>>("api/ledger/keys", cancellationToken);
        return ledgers.FirstOrDefault(each => each.Partition == partition) ?? throw new InstallationException(
            "下级没有给出台账的公钥。", "The lower installation gives no keys of the ledger.", isAway: false);
    }

    /// <summary>The proof that the tree of a checkpoint is the beginning of another's.</summary>
    public async Task<ConsistencyProof> ReadConsistencyAsync(long first, long second, CancellationToken cancellationToken) =>
        await client.GetAsync<ConsistencyProof>(
            string.Create(CultureInfo.InvariantCulture, $"api/ledger/consistency?first={first}&second={second}")
            + RowsOfPartition.Query('&', await ReadPartitionAsync(cancellationToken)), cancellationToken);

    /// <summary>Forgets what was kept for a run.</summary>
    public void Forget() => _series.Clear();

    // Null: one ledger has the whole tree.
    private async Task<string?> ReadPartitionAsync(CancellationToken cancellationToken)
    {
        _home ??= (await client.GetAsync<IReadOnlyList<CatalogueUnit>>("api/units", cancellationToken))
            .FirstOrDefault(each => each.Code == unit)
            ?? throw new InstallationException(
                $"下级的目录中没有单位 {unit}。", $"The lower catalogue has no unit {unit}.", isAway: false);
        return _home.Partition;
    }

    private async Task<IReadOnlyList<SeriesPoint>> ReadSeriesAsync(string indicator, int year, CancellationToken cancellationToken)
    {
        if (!_series.TryGetValue((indicator, year), out var points))
        {
            points = await client.GetAsync<IReadOnlyList<SeriesPoint>>(
                string.Create(CultureInfo.InvariantCulture,
                    $"api/series?unit={unit}&indicator={Uri.EscapeDataString(indicator)}&year={year}"), cancellationToken);
            _series[(indicator, year)] = points;
        }

        return points;
    }
}
