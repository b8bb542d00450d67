namespace XilinIngest.Indicators;

/// <summary>
/// The words for a growth without a percentage, in both languages. The report, alerts, pages and clients share this table. A base below
/// zero is a loss only if the indicator is one of profits; a figure of zero is neither a profit nor a smaller loss.
/// </summary>
/// <param name="Zh">The word alone, where there is no room for the amount.</param>
/// <param name="En">The same in English.</param>
public sealed record GrowthWording(string Zh, string En)
{
    private string? BeforeAmountZh { get; init; }

    private string? BeforeAmountEn { get; init; }

    /// <summary>The words for two exact figures; null: there is a percentage.</summary>
    /// <param name="current">The compared figure.</param>
    /// <param name="base">Its base.</param>
    /// <param name="isProfit">Whether the indicator is a result with profits and losses.</param>
    public static GrowthWording? Of(decimal current, decimal @base, bool isProfit) =>
        (Growth.Compute(current, @base).Word, isProfit) switch
        {
            (GrowthWord.None, _) => null,
            (GrowthWord.BaseZero, _) => new("上年同期为零", "nothing a year before"),
            (GrowthWord.LossToProfit, true) => Rise("扭亏为盈", "from loss to profit"),
            (GrowthWord.LossToProfit, _) => Rise("由负转正", "from below zero to above"),
            (GrowthWord.ProfitToLoss, true) => Fall("由盈转亏", "from profit to loss"),
            (GrowthWord.ProfitToLoss, _) => Fall("由正转负", "from above zero to below"),
            (GrowthWord.LossSmaller, true) when current == 0 => Rise("由亏转平", "from loss to break-even"),
            (GrowthWord.LossSmaller, _) when current == 0 => Rise("由负转零", "from below zero to zero"),
            (GrowthWord.LossSmaller, true) => Loss("减亏", "smaller"),
            (GrowthWord.LossSmaller, _) => Negative("负值缩小", "smaller"),
            (GrowthWord.LossLarger, true) => Loss("增亏", "larger"),
            (GrowthWord.LossLarger, _) => Negative("负值扩大", "larger"),
            (_, true) => new("亏损持平", "the same loss"),
            _ => new("负值与上年持平", "the same negative figure"),
        };

    /// <summary>The words with the size of the change: 扭亏为盈，增加50亿元.</summary>
    /// <param name="by">The change without a sign, with its unit.</param>
    public string TellZh(string by) => BeforeAmountZh is null ? Zh : BeforeAmountZh + by;

    /// <inheritdoc cref="TellZh"/>
    public string TellEn(string by) => BeforeAmountEn is null ? En : BeforeAmountEn + by;

    private static GrowthWording Rise(string zh, string en) =>
        new(zh, en) { BeforeAmountZh = zh + "，增加", BeforeAmountEn = en + ", up " };

    private static GrowthWording Fall(string zh, string en) =>
        new(zh, en) { BeforeAmountZh = zh + "，减少", BeforeAmountEn = en + ", down " };

    private static GrowthWording Loss(string zh, string size) =>
        new(zh, $"a {size} loss") { BeforeAmountZh = zh, BeforeAmountEn = $"a loss {size} by " };

    private static GrowthWording Negative(string zh, string size) =>
        new(zh, $"a {size} negative figure") { BeforeAmountZh = zh, BeforeAmountEn = $"a negative figure {size} by " };
}
