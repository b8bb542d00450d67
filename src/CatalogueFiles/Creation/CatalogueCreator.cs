using System.Globalization;
using XilinIngest.CatalogueFiles.Reading;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;
using XilinIngest.TabularFiles;
using XilinIngest.TabularFiles.Csv;

namespace XilinIngest.CatalogueFiles.Creation;

/// <summary>Makes the folder of a new catalogue, and keeps it only if its reader finds no fault.</summary>
public static class CatalogueCreator
{
    private static readonly string[][] Colours =
    [
        ["street", "pace", "5", "15", "1", "no"], ["village", "pace", "10", "30", "2", "yes"],
        ["enterprise", "siblings", "10", "30", "2", "yes"],
    ];

    /// <param name="folder">The folder to make.</param>
    /// <param name="units">The units, each after its parent.</param>
    /// <param name="indicators">The indicators in the order of the report.</param>
    /// <param name="calendar">The windows.</param>
    /// <returns>The catalogue, or its faults; with faults there is no folder.</returns>
    /// <exception cref="IOException">The folder exists and is not empty, or cannot be written.</exception>
    public static CatalogueReadResult Create(
        string folder, IReadOnlyList<NewUnit> units, IReadOnlyList<NewIndicator> indicators, NewCalendar calendar)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new IOException($"{folder} is not empty.");
        }

        var draft = Directory.CreateDirectory($"{target}.{Environment.ProcessId}.new").FullName;
        try
        {
            Write(draft, UnitRows.Shape, units.Select(unit => UnitCells(unit, calendar.FirstMonth)));
            Write(draft, IndicatorRows.Shape, indicators.Select(indicator => IndicatorCells(indicator, calendar.FirstMonth.Year)));
            Write(draft, CalendarRows.Shape, [
                .. Enumerable.Range(0, calendar.HistoryMonths).Select(i => HistoryCells(calendar, calendar.FirstMonth.AddMonths(i))),
                .. Enumerable.Range(0, calendar.Months).Select(i => WindowCells(calendar, calendar.From.AddMonths(i))),
            ]);
            Write(draft, ColourRows.Shape, Colours);
            Write(draft, TargetRows.Shape, []);
            Write(draft, RuleRows.Shape, []);
            var result = CatalogueReader.Read(draft);
            if (result.IsValid)
            {
                Directory.CreateDirectory(target);
                Directory.Delete(target);
                Directory.Move(draft, target);
            }

            return result;
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    // From the year before on, so that last year's months may be reported.
    private static string[] UnitCells(NewUnit unit, Period from) =>
    [
        unit.Code, unit.Name, unit.Name, unit.Kind, unit.Parent, $"{new Period(from.Year - 1, 1)}", "", unit.Registers,
        YesNo(unit.ReportsWhole),
    ];

    private static string[] IndicatorCells(NewIndicator indicator, int year) =>
    [
        indicator.Code, indicator.Name, indicator.Name, indicator.Measure, indicator.Kind, indicator.ReportedBy, indicator.Register,
        indicator.IsExemptInJanuary ? (year - 1).ToString(CultureInfo.InvariantCulture) : "", "", indicator.Basis,
        indicator.Basis == "none" ? "none" : "growth", "higher", YesNo(indicator.MayBeNegative), indicator.Measure, indicator.Measure, "1",
        indicator.Measure.EndsWith('元') ? "2" : indicator.Measure == "%" ? "1" : "0", YesNo(indicator.Basis != "none"), "", "", "",
        indicator.Chapter, "",
    ];

    private static string[] WindowCells(NewCalendar calendar, Period month)
    {
        var next = month.AddMonths(1);
        return
        [
            $"{month}", Time(next, 1, "00"), Time(next, calendar.DeadlineDay, "18"), Time(next, calendar.ClosingDay, "18"),
            Time(new Period(month.Year + 1, 6), 30, "18"),
        ];
    }

    // Without a deadline. It is open at once, also where the first month is yet to come.
    private static string[] HistoryCells(NewCalendar calendar, Period month)
    {
        var closes = calendar.From.AddMonths(4);
        return
        [
            $"{month}", Time(calendar.From.AddMonths(-1), 1, "00"), "", Time(closes, calendar.ClosingDay, "18"),
            Time(new Period(closes.Year + 1, 6), 30, "18"),
        ];
    }

    private static string Time(Period month, int day, string hour) => FormattableString.Invariant($"{month}-{day:00}T{hour}:00:00+08:00");

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static void Write(string folder, CsvSchema shape, IEnumerable<string[]> rows) => File.WriteAllBytes(
        Path.Combine(folder, shape.File), CsvTableWriter.Write(new ExportTable(shape.File, shape.Columns, [.. rows])));
}
