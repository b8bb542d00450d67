namespace XilinIngest.Samples.Plan;

/// <summary>The plan of a count.</summary>
/// <param name="Indicator">Its code.</param>
/// <param name="In2021">Xilin's total of 2021; for a stock, its level at the end of 2021.</param>
/// <param name="In2022">Xilin's total of 2022, the report's figure; for a stock, its level at the end of 2022.</param>
/// <param name="Months">The months in which it happens.</param>
/// <param name="Where">The one unit of Xilin where it happens; empty for all units that report it.</param>
/// <param name="OnlyXilin">Whether it is zero in the other streets.</param>
internal sealed record CountLine(string Indicator, int In2021, int In2022, int[] Months, string Where = "", bool OnlyXilin = false)
{
    private static readonly int[] AllYear = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    public static readonly CountLine[] Flows =
    [
        new("CENTRAL_SUBSIDY", 0, 2200, [8], OnlyXilin: true),
        new("FLAGSHIP_INVESTMENT", 0, 30_000, [6], OnlyXilin: true),
        new("POTENTIAL_PROJECTS_SIGNED", 1, 2, [5, 9]),
        new("LAND_USERS_SURVEYED", 0, 18, [4, 5, 6]),
        new("TENANTS_SURVEYED", 0, 45, [5, 6, 7, 8]),
        new("INEFFICIENT_SPACE_CLEARED", 6500, 18_000, [5, 6, 7, 9, 10, 11]),
        new("ENTERPRISE_VISITS", 58, 75, [2, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
        new("DIGITAL_DIAGNOSES", 3, 12, [6, 7, 9, 11]),
        new("TECH_SMES_REGISTERED", 4, 6, [5, 8, 11]),
        new("DISTRICT_RESEARCH_CENTRES", 1, 3, [9, 10]),
        new("PHOENIX_WEST_ENTERPRISES_CLEARED", 0, 4, [6, 8, 9], "凌家塘社区", true),
        new("MAJIA_HOUSES_CLEARED", 0, 7, [5, 7, 10], "马家村", true),
        new("MAJIA_ENTERPRISES_CLEARED", 0, 4, [7, 10, 11], "马家村", true),
        new("RECTIFICATION_CAMPAIGNS", 6, 9, [2, 4, 5, 6, 7, 8, 9, 10, 11]),
        new("IMPROVEMENT_PROJECTS", 5, 9, [4, 5, 6, 7, 8, 9, 10, 11, 12]),
        new("CHEMICAL_SITES_SURVEYED", 0, 2, [7, 10]),
        new("NUCLEIC_ACID_TESTS", 36_240, 253_486, [3]),
        new("SUPPLY_PACKS", 0, 7036, [3, 4]),
        new("VEHICLES_CHECKED", 320, 1742, [3, 4]),
        new("TRANSIT_PASSES", 0, 4358, [3, 4]),
        new("DRIVERS_SERVED", 0, 1127, [3, 4, 5]),
        new("RESETTLEMENT_HOMES_BUILT", 0, 984, [9], OnlyXilin: true),
        new("HOUSEHOLDS_REHOUSED", 46, 372, [4, 8, 12]),
        new("PETITIONS_AT_KEY_TIMES", 2, 0, [3, 6, 7, 10]),
    ];

    /// <summary>Levels at a month's end. The submissions carry the level, and the net increase is the difference of two of them.</summary>
    public static readonly CountLine[] Stocks =
    [
        new("HITECH_FIRMS_NET_INCREASE", 41, 54, AllYear),
        new("INDUSTRY_PROJECTS", 7, 10, AllYear),
        new("GOVERNMENT_PROJECTS", 2, 3, AllYear),
        new("HITECH_APPLICANTS", 8, 13, AllYear),
    ];
}
