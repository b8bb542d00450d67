using XilinIngest.Indicators;

namespace XilinIngest.Samples.Plan;

/// <summary>
/// Plans rates as numerators and denominators, because a street's rate is computed from the sums of its villages and not as a mean.
/// </summary>
internal static class Rates
{
    /// <summary>Vaccinated of those aged 60 and over, in hundredths of a per cent, from 2021-01.</summary>
    private static readonly int[] Vaccinated =
    [
        0, 0, 40, 620, 1480, 2760, 4290, 5610, 6740, 7480, 7960, 8240,
        8390, 8470, 8610, 8730, 8860, 8990, 9110, 9230, 9340, 9450, 9540, 9640,
    ];

    /// <summary>The distance of each street from Xilin, in catalogue order. Only 荷花池 is ahead at the end.</summary>
    private static readonly int[] Ahead = [-140, -230, -310, 0, -170, 90, -260, -480];

    public static void Fill(Figures figures, CatalogueRows catalogue)
    {
        foreach (var (street, index) in catalogue.Streets.Select((street, index) => (street, index)))
        {
            var units = street.ReportsWhole
                ? [street.Code] : catalogue.Units.Where(unit => unit.Parent == street.Code).Select(unit => unit.Code).ToArray();
            foreach (var unit in units)
            {
                Fill(figures, unit, street.ReportsWhole, Ahead[index]);
            }
        }
    }

    private static void Fill(Figures figures, string unit, bool whole, int ahead)
    {
        var seniors = whole ? 9_400 + Noise.Below(8_000, unit) : 900 + Noise.Below(1_500, unit);
        var scatter = whole ? 0 : Noise.Below(81, unit, "vaccinated") - 40;
        for (var i = 0; i < Vaccinated.Length; i++)
        {
            var period = new Period(2021, 1).AddMonths(i);
            var rate = Math.Max(0, Vaccinated[i] + (Vaccinated[i] == 0 ? 0 : ahead + scatter));
            var checkpoints = 6L * ((whole ? 14 : 1) + Noise.Below(whole ? 9 : 4, unit, period.Year, (period.Month + 2) / 3));
            figures.Set(unit, "SENIOR_VACCINATION_RATE", period, Figure.Rate(seniors * (long)rate / 10_000, seniors));
            figures.Set(unit, "DUST_CONTROL_RATE", period,
                Figure.Rate(checkpoints - (whole ? Noise.Below(3, unit, period) : 0), checkpoints));
        }
    }
}
