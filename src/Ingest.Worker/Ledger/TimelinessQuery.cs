using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Timeliness;

namespace XilinIngest.Worker.Ledger;

/// <summary>How punctually units reported in a year, from the ledger's rows: their times are those that it has hashed and signed.</summary>
internal sealed class TimelinessQuery(Ledgers ledgers)
{
    /// <summary>The units at and below a unit from which anything is due in the year, in catalogue order.</summary>
    public static IReadOnlyList<Unit> ReportersOf(Catalogue catalogue, Unit unit, int year) =>
        [.. catalogue.Units.All.Where(reporter => MonthsOf(year).Any(month => DueOf(catalogue, unit, reporter, month).Any()))];

    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="reporters">Those of <see cref="ReportersOf"/>.</param>
    /// <param name="year">The year.</param>
    /// <param name="now">The present time.</param>
    public YearTimeliness ForYear(Catalogue catalogue, Unit unit, IReadOnlyList<Unit> reporters, int year, DateTimeOffset now)
    {
        var reports = reporters.SelectMany(reporter => MonthsOf(year).Select(month =>
                (Key: (reporter.Code.Value, month), Report: new MonthReport([.. DueOf(catalogue, unit, reporter, month)]))))
            .ToDictionary(each => each.Key, each => each.Report);
        foreach (var row in ledgers.GroupByHome(reporters).SelectMany(home => ReadAccepted(home.Key, home, year)))
        {
            if (Period.TryParse(row.Period, out var month) && reports.TryGetValue((row.Unit, month), out var report))
            {
                var submission = SubmissionReader.Read(row.Body, catalogue).All[0];
                report.Apply(submission, new(OrderKey.Create(submission.Revision, submission.SubmittedAt, row.SubmissionId), row.Sequence),
                    DateTimeOffset.Parse(row.ReceivedAt, CultureInfo.InvariantCulture));
            }
        }

        return new(unit.Code.Value, year,
            [.. reporters.Select(reporter => ToResponse(reporter,
                [.. MonthsOf(year).Select(month => ToMonth(month, reports[(reporter.Code.Value, month)]))]))]);

        MonthTimeliness ToMonth(Period month, MonthReport report)
        {
            var deadline = catalogue.WindowOf(month)?.Deadline;
            return new(month.ToString(), report.Judge(deadline, now), deadline, report.CompletedAt);
        }
    }

    private static IEnumerable<LedgerEntry> ReadAccepted(PartitionLedger ledger, IEnumerable<Unit> reporters, int year)
    {
        using var connection = ledger.Store.OpenInteractive();
        foreach (var row in LedgerStore.ReadAccepted(
            connection, reporters.Select(reporter => reporter.Code.Value), new(year, 1), new(year, 12)))
        {
            yield return row;
        }
    }

    private static UnitTimeliness ToResponse(Unit unit, IReadOnlyList<MonthTimeliness> months)
    {
        var (onTime, late, missing) = (Count(ReportTiming.OnTime), Count(ReportTiming.Late), Count(ReportTiming.Missing));
        return new(unit.Code.Value, unit.NameZh, unit.NameEn, onTime, late, missing, months)
        {
            OnTimePerCent = onTime + late + missing is > 0 and var due ? Rounding.HalfAwayFromZero(onTime * 100m / due, 1) : null,
        };

        int Count(ReportTiming state) => months.Count(month => month.State == state);
    }

    private static IEnumerable<Period> MonthsOf(int year) => Enumerable.Range(1, 12).Select(month => new Period(year, month));

    // A unit that has moved counts below its parent of the month.
    private static IEnumerable<Indicator> DueOf(Catalogue catalogue, Unit unit, Unit reporter, Period month) =>
        reporter.SpanIn(month) is not null && (reporter == unit || catalogue.Units.AncestorsOf(reporter, month).Contains(unit))
            ? catalogue.Indicators.Where(indicator => Contribution.IsDue(indicator, reporter, month)) : [];
}
