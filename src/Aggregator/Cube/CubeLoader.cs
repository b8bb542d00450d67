using System.Collections.Concurrent;
using System.Data.Common;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Builds a cube from its store: at a start, and for <c>verify</c>.</summary>
internal static class CubeLoader
{
    /// <summary>As <see cref="Load"/>, and beside it the newest version of each published result, on a connection of its own.</summary>
    /// <exception cref="InvalidOperationException">A unit or an indicator has figures and is no longer in the catalogue.</exception>
    public static (IndicatorCube Cube, IReadOnlyCollection<ResultVersion> Newest) LoadWithResults(
        CubeStore store, DbConnection connection, Catalogue catalogue, IndicatorNumbers numbers, Partition? partition = null)
    {
        var newest = Task.Run(() =>
        {
            using var own = store.Open();
            return PublicationReader.NewestVersions(CubeStore.ReadNewest(own));
        });
        try
        {
            return (Load(connection, catalogue, numbers, partition: partition), newest.GetAwaiter().GetResult());
        }
        finally
        {
            // No connection stays open after a failure.
            ((IAsyncResult)newest).AsyncWaitHandle.WaitOne();
        }
    }

    /// <exception cref="InvalidOperationException">A unit or an indicator has figures and is no longer in the catalogue.</exception>
    public static IndicatorCube Load(
        DbConnection connection, Catalogue catalogue, IndicatorNumbers numbers, DbTransaction? transaction = null,
        Partition? partition = null)
    {
        var cube = IndicatorCube.Create(
            catalogue, partition, CubeStore.ReadMonths(connection, transaction), CubeStore.ReadReviews(connection, transaction));
        var (indicators, unused) = (new StoredIndicators(numbers, catalogue), new ConcurrentBag<EffectiveMonthBatch>());
        try
        {
            // Rows are read in sequence, by the thread that is without work, and decoded on all processors.
            Parallel.ForEach(
                Partitioner.Create(EffectiveMonthBatch.ReadAll(CubeStore.ReadEffective(connection, transaction), catalogue, unused),
                    EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                batch =>
                {
                    cube.Restore(batch, indicators);
                    batch.Return(unused);
                });
        }
        catch (AggregateException exception)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        cube.Recompute();
        return cube;
    }

    /// <exception cref="InvalidOperationException">The unit has figures and is no longer in the catalogue.</exception>
    public static Unit UnitOf(Catalogue catalogue, UnitCode code) => catalogue.Units.TryFind(code, out var unit)
        ? unit
        : throw new InvalidOperationException(
            $"Unit {code} has figures and is not in units.csv: put its row back, and set valid_to where it has ended.");

    /// <exception cref="InvalidOperationException">The indicator has figures and is no longer in the catalogue.</exception>
    public static Indicator IndicatorOf(Catalogue catalogue, IndicatorCode code) => catalogue.TryFind(code, out var indicator)
        ? indicator
        : throw new InvalidOperationException($"Indicator {code} has figures and is not in indicators.csv: put its row back.");
}
