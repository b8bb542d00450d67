using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>The English scale of a row of the report.</summary>
internal static class ReportScale
{
    /// <summary>One scale for all figures of the row, by the size of the first figure that is not zero.</summary>
    public static EnglishScale For(ReportRow row) => EnglishScale.For(
        row.UnitEn, row.Decimals, row.YearToDate, row.Base, row.TargetKind == TargetType.Amount ? row.Target : null);
}
