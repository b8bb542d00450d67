using static XilinIngest.Samples.Plan.District;

namespace XilinIngest.Samples.Plan;

/// <summary>The eight streets of the district, in catalogue order.</summary>
internal static class District
{
    public const int Xilin = 3, Count = 8;
}

/// <summary>The total of an indicator in each street: 2021 in 万元, and the growth of 2022 in hundredths of a per cent.</summary>
/// <param name="XilinNow">Xilin's 2022 in 万元, exact; the printed figure is rounded from it. Its 2021 is computed from the growth.</param>
internal sealed record MoneyTotals(string Indicator, decimal XilinNow, int[] Base, int[] Growth)
{
    public long NowCents(int street) => street == Xilin ? (long)(XilinNow * 100) : BaseCents(street) * (10_000 + Growth[street]) / 10_000;

    public long BaseCents(int street) =>
        street == Xilin ? (long)(XilinNow * 100) * 10_000 / (10_000 + Growth[street]) : Base[street] * 100L;

    /// <summary>
    /// Xilin's figures are the report's. Its growth is in the district's top three for trade and catering (2nd), retail (3rd)
    /// and key services (1st) alone; 五星 and 荷花池 tie in retail; 南大街 has no manufacturing: its growth is absent.
    /// </summary>
    public static readonly MoneyTotals[] All =
    [
        //                                                五星     永红     北港   西林   南大街  荷花池   新闸      邹区
        new("PUBLIC_BUDGET_REVENUE", 17_968.45m,      [31_200, 27_850, 36_400, 0, 42_300, 25_100, 33_700, 48_900],
            [214, -186, -512, -358, 327, -843, 461, -927]),
        new("FIXED_ASSET_INVESTMENT", 343_126.80m,    [286_400, 241_700, 352_600, 0, 158_300, 97_500, 418_900, 563_200],
            [1843, 1527, 891, 1112, -213, 634, 1369, 1286]),
        new("MANUFACTURING_INVESTMENT", 17_704.36m,   [9_850, 7_420, 41_600, 0, 0, 1_260, 63_800, 118_500],
            [1238, 871, 4127, 2658, 0, -524, 3577, 2986]),
        new("INDUSTRIAL_OUTPUT", 158_213.70m,         [126_300, 98_400, 612_500, 0, 12_700, 18_900, 934_600, 1_876_200],
            [637, 258, 914, 423, -366, 178, 1142, 789]),
        new("TRADE_CATERING_SALES", 1_218_962.15m,    [864_500, 735_200, 918_700, 0, 1_536_800, 642_300, 587_900, 1_104_600],
            [541, 327, 683, 762, -218, 457, 935, 163]),
        new("RETAIL_SALES", 141_038.92m,              [118_600, 132_400, 96_700, 0, 486_300, 174_200, 82_500, 109_800],
            [92, -121, 318, 151, -403, 87, 236, -334]),
        new("KEY_SERVICE_REVENUE", 21_492.60m,        [36_800, 28_300, 44_700, 0, 68_200, 39_600, 31_500, 26_900],
            [1127, 1978, 843, 2547, -267, 2315, 1462, 688]),
        new("DIGITAL_CORE_VALUE_ADDED", 6_018.33m,    [14_600, 9_850, 23_700, 0, 18_200, 11_400, 16_900, 8_300],
            [1734, 1041, 2152, 1261, 936, 1317, 1486, -218]),
    ];

    public static MoneyTotals Of(string indicator) => All.First(totals => totals.Indicator == indicator);
}

/// <summary>
/// An amount that is planned once and counts for one indicator, or for a part and its whole, so that no part exceeds its whole.
/// </summary>
internal sealed record MoneyLine(
    string Name, string[] Feeds, string Register, string Total, string? Less, int[] Season2021, int[] Season2022)
{
    private static readonly int[] Even = [92, 84, 98, 97, 99, 104, 98, 97, 103, 101, 106, 121];
    private static readonly int[] Outbreak = [98, 88, 68, 76, 97, 112, 106, 102, 108, 104, 108, 133];
    private static readonly int[] Building = [48, 52, 96, 102, 110, 128, 98, 95, 112, 104, 100, 92];
    private static readonly int[] BuildingOutbreak = [52, 54, 70, 82, 112, 138, 106, 101, 118, 108, 104, 95];
    private static readonly int[] Taxes = [138, 82, 88, 112, 104, 102, 106, 82, 88, 104, 84, 78];
    private static readonly int[] Refunds = [146, 86, 84, 62, 58, 74, 102, 88, 94, 110, 92, 88];

    public static readonly MoneyLine[] All =
    [
        new("budget", ["PUBLIC_BUDGET_REVENUE"], "", "PUBLIC_BUDGET_REVENUE", null, Taxes, Refunds),
        new("manufacturing", ["MANUFACTURING_INVESTMENT", "FIXED_ASSET_INVESTMENT"], "manufacturing", "MANUFACTURING_INVESTMENT", null,
            Building, BuildingOutbreak),
        new("other investment", ["FIXED_ASSET_INVESTMENT"], "investment", "FIXED_ASSET_INVESTMENT", "MANUFACTURING_INVESTMENT", Building,
            BuildingOutbreak),
        new("output", ["INDUSTRIAL_OUTPUT"], "industry", "INDUSTRIAL_OUTPUT", null, Even, Outbreak),
        new("retail", ["RETAIL_SALES", "TRADE_CATERING_SALES"], "retail", "RETAIL_SALES", null, Even, Outbreak),
        new("other sales", ["TRADE_CATERING_SALES"], "trade", "TRADE_CATERING_SALES", "RETAIL_SALES", Even, Outbreak),
        new("service", ["KEY_SERVICE_REVENUE"], "service", "KEY_SERVICE_REVENUE", null, Even, Outbreak),
        new("digital", ["DIGITAL_CORE_VALUE_ADDED"], "digital", "DIGITAL_CORE_VALUE_ADDED", null, Even, Even),
    ];

    public long Now(int street) => MoneyTotals.Of(Total).NowCents(street) - (Less is null ? 0 : MoneyTotals.Of(Less).NowCents(street));

    public long Base(int street) => MoneyTotals.Of(Total).BaseCents(street) - (Less is null ? 0 : MoneyTotals.Of(Less).BaseCents(street));
}
