using System.Globalization;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

internal static class CalendarRows
{
    internal static readonly CsvSchema Shape = new("calendar.csv", "period", "opens", "deadline", "closes", "locks");

    private static readonly string[] WithOffset =
        ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"];

    internal static List<CalendarWindow> Read(CsvTable? table)
    {
        var lines = new Dictionary<Period, int>();
        var windows = new List<(CsvRow Row, CalendarWindow Window)>();
        foreach (var row in table?.Rows ?? [])
        {
            var window = new CalendarWindow(
                row.Month("period"), Time(row, "opens"), row.Text("deadline").Length == 0 ? null : Time(row, "deadline"),
                Time(row, "closes"), Time(row, "locks"));
            if (!row.IsValid)
            {
                continue;
            }

            CheckOrder(row, window);
            if (!lines.TryAdd(window.Period, row.Line))
            {
                row.Fault(
                    "period", new($"第 {lines[window.Period]} 行已有该月", $"line {lines[window.Period]} is that month already"),
                    new("请删去一行", "remove one of the two"));
            }

            windows.Add((row, window));
        }

        CheckHistory(windows);
        return [.. windows.Select(each => each.Window)];
    }

    // A deadline that is left out by mistake would end the reminders of its month unnoticed.
    private static void CheckHistory(List<(CsvRow Row, CalendarWindow Window)> windows)
    {
        var firstDue = windows.Where(each => !each.Window.IsHistory).Select(each => (Period?)each.Window.Period).Min();
        foreach (var (row, window) in windows.Where(each => each.Window.IsHistory && firstDue < each.Window.Period))
        {
            row.Fault(
                "deadline", new($"为空，而更早的 {firstDue} 有期限", $"it is empty, and {firstDue} before it has one"),
                new("请填写期限；只有最早应报的月份之前的历史月份才不填", "fill it in; only history, before the first month that is due, has none"));
        }
    }

    private static void CheckOrder(CsvRow row, CalendarWindow window)
    {
        if (window.Deadline <= window.Opens)
        {
            Order(row, "deadline", "opens", "after");
        }

        if (window.Closes < window.Deadline)
        {
            Order(row, "closes", "deadline", "not before");
        }

        if (window.IsHistory && window.Closes <= window.Opens)
        {
            Order(row, "closes", "opens", "after");
        }

        if (window.Locks < window.Closes)
        {
            Order(row, "locks", "closes", "not before");
        }

        // The month ends in the offset of the row, which is the time zone of the office.
        var next = window.Period.AddMonths(1);
        if (window.Closes < new DateTimeOffset(next.Year, next.Month, 1, 0, 0, 0, window.Closes.Offset))
        {
            row.Fault(
                "closes", new($"{window.Period.NameZh}尚未结束就已关闭", $"it closes before {window.Period} has ended"),
                new("请核对年月", "check the year and the month"));
        }
    }

    private static void Order(CsvRow row, string column, string other, string relation) => row.Fault(
        column, new($"与 {other} 的先后不对", $"it must be {relation} {other}"),
        new("次序为 opens < deadline ≤ closes ≤ locks", "the order is opens < deadline <= closes <= locks"));

    private static DateTimeOffset Time(CsvRow row, string column) =>
        DateTimeOffset.TryParseExact(row.Text(column), WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : row.Fault(
                column, new($"“{row.Text(column)}”不是带时差的时间", $"'{row.Text(column)}' is not a time with an offset"),
                new("请写成 2022-08-08T18:00:00+08:00", "write it as 2022-08-08T18:00:00+08:00"), default(DateTimeOffset));
}
