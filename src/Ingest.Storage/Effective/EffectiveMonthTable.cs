using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>A table of effective months, as <see cref="EffectiveMonthCodec"/> writes them. The ledger has one, and the cube.</summary>
public static class EffectiveMonthTable
{
    /// <param name="name">The table.</param>
    public static BulkTable<(string Unit, Period Period, byte[] Data)> Create(string name) => new(
        name, 2,
        new("unit", ColumnType.Code, row => row.Unit),
        new("period", ColumnType.Number, row => row.Period.Number),
        new("data", ColumnType.Bytes, row => row.Data));
}
