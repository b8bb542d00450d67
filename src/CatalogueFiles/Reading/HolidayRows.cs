using System.Globalization;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The days of <c>holidays.csv</c> that differ from Monday to Friday.</summary>
internal static class HolidayRows
{
    internal static readonly CsvSchema Shape = new("holidays.csv", "date", "working") { Optional = ["name"] };

    /// <returns>The days of the lines without a fault.</returns>
    internal static WorkingDays Read(CsvTable? table)
    {
        var days = new Dictionary<DateOnly, bool>();
        foreach (var row in table?.Rows ?? [])
        {
            var works = row.YesNo("working");
            if (!DateOnly.TryParseExact(row.Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                row.Fault(
                    "date", new($"“{row.Text("date")}”不是日期", $"'{row.Text("date")}' is not a date"),
                    new("请写成 2026-10-01；Excel 会改写日期，请先把该列设为文本",
                        "write it as 2026-10-01; Excel rewrites dates unless the column is set to text"));
            }
            else if (row.IsValid && !days.TryAdd(date, works))
            {
                row.Fault("date", new("该日期重复", "the date is there twice"), new("请删去一行", "remove one of the two"));
            }
        }

        return new WorkingDays(days);
    }
}
