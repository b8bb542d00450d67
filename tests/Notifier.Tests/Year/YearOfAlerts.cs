using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Tests.Year;

/// <summary>An alert changes its colour.</summary>
internal sealed record ColourChange(
    DateTimeOffset At, string Unit, string Indicator, TargetColour Before, TargetColour Colour, int Version);

/// <summary>
/// The alerts of a year: each month the reports of its first eight days raise alerts, make them worse or better, and clear them, and
/// corrections follow. On a day of June, while the group chat is away, everything changes.
/// </summary>
internal static class YearOfAlerts
{
    internal const int Year = 2026;
    private const double ChangesInReport = 0.5;
    private const double ChangesInCorrection = 0.06;
    private static readonly int[] Hours = [3, 8, 9, 10, 12, 14, 16, 18, 20, 22];
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    internal static readonly (DateTimeOffset From, DateTimeOffset Until) ChatAway = (ChinaTime(6, 8, 2), ChinaTime(6, 9, 11));
    internal static readonly string[] Indicators = ["RETAIL_SALES", "INDUSTRIAL_OUTPUT"];

    internal static DateTimeOffset ChinaTime(int month, int day, int hour) => new(Year, month, day, hour, 0, 0, China);

    /// <summary>The changes from one month to another; June is among them.</summary>
    internal static IReadOnlyList<ColourChange> Create(IReadOnlyList<Unit> units, int first, int last, Random random)
    {
        List<(DateTimeOffset At, string Unit, string Indicator)> times = [];
        foreach (var (unit, indicator) in units.SelectMany(unit => Indicators.Select(each => (unit.Code.Value, each))))
        {
            for (var month = first; month <= last; month++)
            {
                // At ten past, so that no change falls on the moment of a notice.
                DateTimeOffset At(int from, int to) =>
                    ChinaTime(month, random.Next(from, to + 1), random.Next(0, 24)).AddMinutes(10);
                if (random.NextDouble() < ChangesInReport)
                {
                    times.Add((At(1, 8), unit, indicator));
                }

                if (random.NextDouble() < ChangesInCorrection)
                {
                    times.Add((At(9, 26), unit, indicator));
                }
            }

            times.Add((ChatAway.From.AddMinutes(70), unit, indicator));
        }

        var colours = new Dictionary<(string, string), (TargetColour Colour, int Version)>();
        return
        [
            .. times.OrderBy(each => each.At).Select(each =>
            {
                var (before, version) = colours.GetValueOrDefault((each.Unit, each.Indicator), (TargetColour.Green, 0));
                var colour = (TargetColour)((((int)before) + random.Next(1, 3)) % 3);
                colours[(each.Unit, each.Indicator)] = (colour, version + 1);
                return new ColourChange(each.At, each.Unit, each.Indicator, before, colour, version + 1);
            }),
        ];
    }

    /// <summary>When notices are made and sent: ten times a day while reports come in, and at noon on the other days.</summary>
    internal static IEnumerable<DateTimeOffset> Moments(int first, int last)
    {
        for (var at = ChinaTime(first, 1, 0); at < ChinaTime(last, 1, 0).AddMonths(1); at = at.AddHours(1))
        {
            if (at.Hour == 12 || (at.Day <= 9 && Hours.Contains(at.Hour)))
            {
                yield return at;
            }
        }
    }
}
