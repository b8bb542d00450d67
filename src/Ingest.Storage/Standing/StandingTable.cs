using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>What stands per unit and month, as <see cref="StandingCodec"/> writes it: the ledger keeps such a table, and the cube.</summary>
public static class StandingTable
{
    /// <param name="name">The table.</param>
    public static Table<(string Unit, Period Period, byte[] Data)> Named(string name) => new(
        name, 2,
        new("unit", ColumnType.Code, row => row.Unit),
        new("period", ColumnType.Number, row => row.Period.Number),
        new("data", ColumnType.Bytes, row => row.Data));
}
