using System.Data.Common;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>Builds a cube from its store: at a start, and for <c>verify</c>.</summary>
internal static class CubeLoader
{
    /// <exception cref="InvalidOperationException">A unit has figures and is no longer in the catalogue.</exception>
    public static IndicatorCube Load(DbConnection connection, Catalogue catalogue, IndicatorNumbers numbers, DbTransaction? transaction =
        null)
    {
        var cube = new IndicatorCube(catalogue);
        try
        {
            // Rows are read in sequence, and decoded on all processors.
            Parallel.ForEach(GroupByUnit(CubeStore.ReadEffective(connection, transaction)), rows =>
            {
                var unit = UnitOf(catalogue, new UnitCode(rows[0].Unit));
                foreach (var (_, period, data) in rows)
                {
                    cube.Restore(unit, period, EffectiveMonthCodec.Decode(data, numbers));
                }
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

    private static IEnumerable<List<(string Unit, Period Period, byte[] Data)>> GroupByUnit(
        IEnumerable<(string Unit, Period Period, byte[] Data)> rows)
    {
        List<(string Unit, Period Period, byte[] Data)> same = [];
        foreach (var row in rows)
        {
            if (same.Count > 0 && same[0].Unit != row.Unit)
            {
                yield return same;
                same = [];
            }

            same.Add(row);
        }

        if (same.Count > 0)
        {
            yield return same;
        }
    }
}
