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
        Indicator?[] indicators =
            [.. numbers.Codes.Select(code => catalogue.TryFind(code, out var indicator) ? indicator : null)];
        try
        {
            // Rows are read in sequence, and decoded on all processors.
            Parallel.ForEach(
                GroupByUnit(CubeStore.ReadEffective(connection, transaction)),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                rows => cube.RestoreUnit(UnitOf(catalogue, new UnitCode(rows.Unit)), rows.Months, numbers, indicators));
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

    private static IEnumerable<(string Unit, List<(Period Period, byte[] Data)> Months)> GroupByUnit(
        IEnumerable<(string Unit, Period Period, byte[] Data)> rows)
    {
        (string Unit, List<(Period, byte[])> Months) same = ("", []);
        foreach (var (unit, period, data) in rows)
        {
            if (same.Unit != unit)
            {
                if (same.Months.Count > 0)
                {
                    yield return same;
                }

                same = (unit, []);
            }

            same.Months.Add((period, data));
        }

        if (same.Months.Count > 0)
        {
            yield return same;
        }
    }
}
