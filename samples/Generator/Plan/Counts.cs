using XilinIngest.Indicators;

namespace XilinIngest.Samples.Plan;

/// <summary>Distributes counts in whole numbers over the villages and the months.</summary>
internal static class Counts
{
    public static void Fill(Figures figures, CatalogueRows catalogue)
    {
        foreach (var line in CountLine.Flows)
        {
            ForEachUnit(catalogue, line, (unit, before, now) =>
            {
                Flow(figures, line, unit, 2021, before);
                Flow(figures, line, unit, 2022, now);
            });
        }

        foreach (var line in CountLine.Stocks)
        {
            ForEachUnit(catalogue, line, (unit, before, now) =>
            {
                Stock(figures, line, unit, 2021, before - before / 6, before);
                Stock(figures, line, unit, 2022, before, now);
            });
        }
    }

    private static void ForEachUnit(CatalogueRows catalogue, CountLine line, Action<string, long, long> fill)
    {
        var indicator = catalogue[line.Indicator];
        foreach (var street in catalogue.Streets.Where(street => street.ReportsWhole))
        {
            var percent = line.OnlyXilin ? 0 : 55 + Noise.Below(80, street.Code, line.Indicator);
            var few = line.Indicator == "PETITIONS_AT_KEY_TIMES" ? 1 + Noise.Below(5, street.Code) : 0;
            fill(street.Code, line.In2021 * percent / 100 + few, line.In2022 * percent / 100 + few);
        }

        var reporters = catalogue.Units.Where(unit => !unit.ReportsWhole && unit.Reports(indicator)).ToArray();
        long[] weights =
            [.. reporters.Select(unit => line.Where.Length == 0
                ? 60L + Noise.Below(80, unit.Code, line.Indicator) : line.Where == unit.Name ? 1 : 0)];
        var (before, now) = (Shares.Of(line.In2021, weights), Shares.Of(line.In2022, weights));
        for (var i = 0; i < reporters.Length; i++)
        {
            fill(reporters[i].Code, before[i], now[i]);
        }
    }

    private static void Flow(Figures figures, CountLine line, string unit, int year, long total)
    {
        var months = Shares.Of(total, [.. Enumerable.Range(1, 12).Select(month =>
            line.Months.Contains(month) ? 70L + Noise.Below(60, unit, line.Indicator, year, month) : 0)]);
        for (var month = 1; month <= 12; month++)
        {
            figures.Set(unit, line.Indicator, new Period(year, month), new Figure(months[month - 1]));
        }
    }

    private static void Stock(Figures figures, CountLine line, string unit, int year, long from, long to)
    {
        for (var month = 1; month <= 12; month++)
        {
            figures.Set(unit, line.Indicator, new Period(year, month), new Figure(from + (to - from) * month / 12));
        }
    }
}
