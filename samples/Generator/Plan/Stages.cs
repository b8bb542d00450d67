using XilinIngest.Indicators;

namespace XilinIngest.Samples.Plan;

/// <summary>The stage that each unit has reached, with the date.</summary>
internal static class Stages
{
    private const string Planning = "AREA_PLANNING";
    private const string PartySite = "PARTY_BUILDING_SITE";
    private const int LastStage = 4;

    // The months from 2021-01 on, counted from 1, in which the stages were reached. 张家村 is behind at the end of 2022.
    private static readonly Dictionary<string, int[]> PlanningMonths = new()
    {
        ["泰盈社区"] = [3, 9, 15, 22],
        ["凌家塘社区"] = [4, 11, 18],
        ["华林社区"] = [5, 12, 19],
        ["西林家园社区"] = [5, 13, 20],
        ["东岱村"] = [6, 14, 22],
        ["马家村"] = [7, 15, 23],
        ["张家村"] = [8, 18],
    };

    private static readonly Dictionary<string, int[]> PartySiteMonths = new()
    {
        ["东岱村"] = [11],
        ["泰盈社区"] = [18],
        ["凌家塘社区"] = [21],
    };

    public static void Fill(Figures figures, CatalogueRows catalogue)
    {
        Fill(figures, catalogue, Planning, PlanningMonths, street =>
            [.. Enumerable.Range(0, LastStage)
                .Select(stage => 3 + Noise.Below(4, street, Planning) + stage * (5 + Noise.Below(3, street, "pace")))]);
        Fill(figures, catalogue, PartySite, PartySiteMonths, street => [9 + Noise.Below(20, street, PartySite)]);
    }

    private static void Fill(
        Figures figures, CatalogueRows catalogue, string indicator, Dictionary<string, int[]> reached, Func<string, int[]> ofStreet)
    {
        foreach (var unit in catalogue.Units.Where(unit => unit.Reports(catalogue[indicator])))
        {
            var months = unit.ReportsWhole ? ofStreet(unit.Code) : reached.GetValueOrDefault(unit.Name) ?? [];
            for (var i = 1; i <= 24; i++)
            {
                var stage = months.Count(month => month <= i);
                figures.Set(unit.Code, indicator, new Period(2021, 1).AddMonths(i - 1),
                    new Figure(stage, Date: DateOf(unit.Code, indicator, months, stage)));
            }
        }
    }

    private static DateOnly? DateOf(string unit, string indicator, int[] months, int stage)
    {
        if (stage == 0)
        {
            return null;
        }

        var month = new Period(2021, 1).AddMonths(months[stage - 1] - 1);
        return new DateOnly(month.Year, month.Month, 5 + Noise.Below(20, unit, indicator, stage));
    }
}
