using XilinIngest.Indicators;

namespace XilinIngest.Samples.Plan;

/// <summary>Distributes the year's totals over the reporting units and the months, to the cent.</summary>
internal static class Money
{
    public static void Fill(Figures figures, CatalogueRows catalogue)
    {
        foreach (var line in MoneyLine.All)
        {
            foreach (var (street, index) in catalogue.Streets.Select((street, index) => (street, index)))
            {
                var units = street.ReportsWhole || line.Register.Length == 0
                    ? [street.Code]
                    : catalogue.Units.Where(unit => unit.Registers.Contains(line.Register)).Select(unit => unit.Code).Distinct().ToArray();
                Share(figures, catalogue, line, units, line.Base(index), line.Now(index));
            }
        }
    }

    private static void Share(Figures figures, CatalogueRows catalogue, MoneyLine line, string[] units, long baseTotal, long nowTotal)
    {
        var comparable = catalogue[line.Total].Comparable;
        var sizes = units.Select(unit => 20L + Noise.Below(160, unit, line.Name)).ToArray();
        var in2021 = units.Select(unit => MonthsOf(catalogue, unit, 2021)).ToArray();
        var in2022 = units.Select(unit => MonthsOf(catalogue, unit, 2022)).ToArray();

        // A new firm has no recorded base, but reports one of its own on the comparable basis.
        var bases = Shares.Of(baseTotal,
            [.. units.Select((_, i) => (comparable ? in2022 : in2021)[i].Any(here => here) ? sizes[i] * 100 : 0)]);
        var nows = Shares.Of(nowTotal,
            [.. units.Select((unit, i) => in2022[i].Any(here => here) ? sizes[i] * (92 + Noise.Below(17, unit, line.Name, "growth")) : 0)]);
        for (var i = 0; i < units.Length; i++)
        {
            var asReportedNow = Months(line, units[i], 2021, bases[i], in2021[i].Any(here => here) ? in2021[i] : in2022[i]);
            var restated = comparable ? Restated(units[i]) : 100;
            var recorded = asReportedNow.Select(cents => cents * restated / 100).ToArray();
            var before = recorded.Select(cents => cents * 100 / (104 + Noise.Below(9, units[i]))).ToArray();
            Put(figures, catalogue, line, units[i], 2021, in2021[i], recorded, comparable ? before : null);
            Put(figures, catalogue, line, units[i], 2022, in2022[i], Months(line, units[i], 2022, nows[i], in2022[i]),
                comparable ? asReportedNow : null);
        }
    }

    private static bool[] MonthsOf(CatalogueRows catalogue, string unit, int year) =>
        [.. Enumerable.Range(1, 12).Select(month => catalogue.RowOf(unit, new Period(year, month)) is not null)];

    /// <summary>
    /// Last year as recorded, in per cent of last year as reported now. They differ because some firms have removed projects that were
    /// counted twice.
    /// </summary>
    private static int Restated(string unit) => Noise.Below(4, unit, "restated") switch { 0 => 116, 1 => 104, _ => 100 };

    private static long[] Months(MoneyLine line, string unit, int year, long total, bool[] here) =>
        Shares.Of(total, [.. (year == 2021 ? line.Season2021 : line.Season2022).Select((weight, i) =>
            here[i] ? Story.SeasonOf(unit, line.Name, year, i + 1, weight) * (90L + Noise.Below(21, unit, line.Name, year, i)) : 0)]);

    private static void Put(
        Figures figures, CatalogueRows catalogue, MoneyLine line, string unit, int year, bool[] here, long[] months, long[]? lastYear)
    {
        long waiting = 0, lastYearToDate = 0;
        for (var month = 1; month <= 12; month++)
        {
            var period = new Period(year, month);
            waiting += months[month - 1];
            lastYearToDate += lastYear?[month - 1] ?? 0;
            if (!here[month - 1] || !catalogue[line.Total].IsDueIn(period))
            {
                continue; // The figures of an exempt January are in February's submission.
            }

            foreach (var indicator in line.Feeds)
            {
                figures.Add(unit, indicator, period, waiting / 100m, lastYear is null ? null : lastYearToDate / 100m);
            }

            waiting = 0;
        }
    }
}
