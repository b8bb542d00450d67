using XilinIngest.Indicators;

namespace XilinIngest.Storage;

/// <summary>
/// A table of effective months in the format of <see cref="EffectiveMonthCodec"/>. The ledger and the cube have one each.
/// </summary>
public static class EffectiveMonthTable
{
    /// <param name="name">The table.</param>
    public static BulkTable<(string Unit, Period Period, byte[] Data)> Create(string name) => new(
        name, 2,
        new("unit", ColumnType.Code, row => row.Unit),
        new("period", ColumnType.Number, row => row.Period.Number),
        new("data", ColumnType.Bytes, row => row.Data));
}
