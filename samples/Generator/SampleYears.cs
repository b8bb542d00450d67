using System.Globalization;
using XilinIngest.Indicators;
using XilinIngest.Samples.Plan;

namespace XilinIngest.Samples;

/// <summary>
/// Writes the 24 files, one per month: first the plan of the true figures, then the submissions with their senders and times.
/// </summary>
internal static class SampleYears
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static IEnumerable<(string Name, string Text)> Files(CatalogueRows catalogue)
    {
        var figures = new Figures();
        Money.Fill(figures, catalogue);
        Counts.Fill(figures, catalogue);
        Rates.Fill(figures, catalogue);
        Stages.Fill(figures, catalogue);
        foreach (var period in Enumerable.Range(0, 24).Select(new Period(2021, 1).AddMonths))
        {
            var lines = catalogue.Units.Where(unit => unit.Covers(period))
                .SelectMany(unit => Of(unit, period, catalogue, figures))
                .OrderBy(submission => submission.At)
                .ThenBy(submission => submission.Unit, StringComparer.Ordinal).ThenBy(submission => submission.Revision)
                .Select(submission => submission.Line() + "\n");
            yield return ($"{period.Year}/{period}.jsonl", string.Concat(lines));
        }
    }

    private static IEnumerable<Submission> Of(UnitRow unit, Period period, CatalogueRows catalogue, Figures figures)
    {
        var due = catalogue.Indicators.Where(indicator => unit.Reports(indicator) && indicator.IsDueIn(period)).ToArray();
        if (due.Length == 0)
        {
            yield break;
        }

        Said Say(IndicatorRow indicator, Func<Figure, Figure> said) => new(
            indicator.Code, indicator.Unit, said(figures[unit.Code, indicator.Code, period]),
            Story.CarriesYearToDate(unit, indicator.Code, period) ? figures.YearToDate(unit.Code, indicator.Code, period) : null,
            period.Month == 2 && indicator.JanuaryExempt && unit.ReportsWhole ? "1-2月合计" : null);

        var month = period.ToString();
        yield return new(unit.Code, period, 1, FirstSentAt(unit, period),
            [.. due.Select(indicator => Say(indicator, Slipped(unit, month, indicator)))],
            [.. Story.Answers.Where(answer => answer.Unit == unit.Name && answer.Period == month)], null);
        foreach (var later in Story.Revisions.Where(later => later.Unit == unit.Name && later.Period == month))
        {
            yield return new(unit.Code, period, later.Revision, At(later.At),
                [.. due.Where(indicator => later.Indicators.Contains(indicator.Code)).Select(indicator =>
                    later.Withdraws ? new Said(indicator.Code, indicator.Unit, null) : Say(indicator, figure => figure))],
                [], later.Reason);
        }
    }

    private static Func<Figure, Figure> Slipped(UnitRow unit, string month, IndicatorRow indicator) =>
        Story.Slips.FirstOrDefault(slip => (slip.Unit, slip.Period, slip.Indicator) == (unit.Name, month, indicator.Code))?.Said
        ?? (figure => figure);

    /// <summary>In working hours of the 2nd to the 7th of the next month; one in some forty is late (催报), on the 9th to the 12th.</summary>
    private static DateTimeOffset FirstSentAt(UnitRow unit, Period period)
    {
        var next = period.AddMonths(1);
        var day = Noise.Below(41, unit.Code, period, "late") == 0
            ? 9 + Noise.Below(4, unit.Code, period) : 2 + Noise.Below(6, unit.Code, period);
        return new DateTimeOffset(next.Year, next.Month, day, 8, 30, 0, Beijing)
            .AddSeconds(Noise.Below(9 * 3600, unit.Code, period, "time"));
    }

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text, CultureInfo.InvariantCulture), Beijing);
}
