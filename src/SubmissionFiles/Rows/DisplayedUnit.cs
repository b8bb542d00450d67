using XilinIngest.Submissions.Input;

namespace XilinIngest.SubmissionFiles.Rows;

/// <summary>Compares the words that a cell's number format shows beside the number with the row's unit of measure.</summary>
internal static class DisplayedUnit
{
    // They name the currency without a scale, so they do not contradict an amount in 万元.
    private static readonly string[] YuanSymbols = ["¥", "￥", "CNY", "RMB", "人民币"];

    /// <param name="shown">Words and currency signs, such as ¥ or 亿元; null if there are none.</param>
    /// <param name="unit">The row's unit of measure; null if it has none.</param>
    public static bool Matches(string? shown, string? unit)
    {
        if (shown is null)
        {
            return true;
        }

        var plain = NumberText.Normalize(shown);
        var rest = YuanSymbols.Aggregate(plain, (text, sign) => text.Replace(sign, "", StringComparison.OrdinalIgnoreCase));
        var isOfUnit = rest.Length == 0 || rest == unit;
        return isOfUnit && (rest == plain || (unit is not null && IsYuan(unit)));
    }

    private static bool IsYuan(string unit) =>
        unit.Contains('元', StringComparison.Ordinal) && !Array.Exists(["美元", "日元", "欧元", "港元"], unit.Contains);
}
