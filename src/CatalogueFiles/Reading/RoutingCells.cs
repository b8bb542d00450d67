using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>Cells that <c>routes.csv</c> and <c>reminders.csv</c> have in common.</summary>
internal static partial class RoutingCells
{
    /// <summary>Whether a text can be the name of a route, a rule or a channel.</summary>
    public static bool IsName(string text) => NamePattern().IsMatch(text);

    public static string Name(CsvRow row, string column)
    {
        var name = row.Required(column);
        return name.Length == 0 || IsName(name)
            ? name
            : row.Fault(
                column, new($"“{name}”不能作名称", $"'{name}' cannot be a name"),
                new("由小写字母、数字和连字符组成，字母开头，至多 32 位", "it is a-z, 0-9 and hyphens, a letter first, at most 32 long"), "");
    }

    public static UnitCode? Unit(CsvRow row, Catalogue catalogue)
    {
        if (row.IsEmpty("unit"))
        {
            return null;
        }

        var code = row.Unit("unit");
        return !row.IsValid || catalogue.Units.TryFind(code, out _)
            ? code
            : row.Fault("unit", new("没有这个单位", "there is no such unit"), new("请更正代码，或删去本行", "correct the code, or remove the line"), code);
    }

    public static SendingHours Hours(CsvRow row)
    {
        var workingDaysOnly = !row.IsEmpty("days") && row.Word("days", CatalogueVocabulary.SendingDays);
        if (row.IsEmpty("quiet"))
        {
            return SendingHours.Always with { WorkingDaysOnly = workingDaysOnly };
        }

        var parts = row.Text("quiet").Split('-');
        return parts is [var from, var to]
            && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end) && start != end
            ? new SendingHours(start, end, workingDaysOnly)
            : row.Fault(
                "quiet", new($"“{row.Text("quiet")}”不是免打扰时段", $"'{row.Text("quiet")}' is not a span of quiet hours"),
                new("请写成 22:00-07:30（北京时间）；不设的留空", "write it as 22:00-07:30, in China's time; or leave it empty"), SendingHours.Always);
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
