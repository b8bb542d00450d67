using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.CatalogueFiles.Tables;
using XilinIngest.Indicators;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The routes of <c>routes.csv</c>: who hears of which alerts.</summary>
internal static partial class RouteRows
{
    private const int MaxDays = 366;

    internal static readonly CsvSchema Shape = new(
        "routes.csv", "route", "unit", "scope", "indicators", "level", "channel", "language", "group", "wait", "interval", "repeat",
        "quiet", "days")
    {
        Optional = ["to", "inhibit"],
    };

    /// <returns>The routes of the lines without a fault.</returns>
    internal static List<AlertRoute> Read(CsvTable? table, Catalogue catalogue)
    {
        var routes = new Dictionary<string, AlertRoute>(StringComparer.Ordinal);
        foreach (var row in table?.Rows ?? [])
        {
            var route = ReadRow(row, catalogue);
            if (row.IsValid && !routes.TryAdd(route.Name, route))
            {
                row.Fault("route", new("该名称已用过", "another line has this name"), new("请另取一个名称", "give it a name of its own"));
            }
        }

        return [.. routes.Values];
    }

    private static AlertRoute ReadRow(CsvRow row, Catalogue catalogue)
    {
        var (roles, addresses) = RecipientCell.Read(row);
        var route = new AlertRoute
        {
            Name = RoutingCells.Name(row, "route"),
            Unit = RoutingCells.Unit(row, catalogue),
            Scope = row.IsEmpty("scope") ? RouteScope.Subtree : row.Word("scope", CatalogueVocabulary.RouteScopes),
            Indicators = Indicators(row, catalogue),
            Level = row.IsEmpty("level") ? Colour.Amber : row.Word("level", CatalogueVocabulary.AlertLevels),
            Channel = RoutingCells.Name(row, "channel"),
            Roles = roles,
            Addresses = addresses,
            English = !row.IsEmpty("language") && row.Word("language", CatalogueVocabulary.Languages),
            Grouping = row.IsEmpty("group") ? RouteGrouping.All : row.Word("group", CatalogueVocabulary.RouteGroupings),
            Wait = Time(row, "wait") ?? TimeSpan.Zero,
            Interval = Time(row, "interval") ?? TimeSpan.Zero,
            Repeat = Time(row, "repeat"),
            Hours = RoutingCells.Hours(row),
            Inhibit = !row.IsEmpty("inhibit") && row.YesNo("inhibit"),
        };
        if (roles.Count > 0 && route.Grouping is not (RouteGrouping.Unit or RouteGrouping.Alert))
        {
            row.Fault(
                "group", new("按角色发送的通知只能告知本单位的预警", "a notice to the people of a unit may tell the alerts of this unit alone"),
                new("请填 unit 或 alert", "write unit or alert"));
        }

        return route;
    }

    private static List<IndicatorCode> Indicators(CsvRow row, Catalogue catalogue)
    {
        var codes = new List<IndicatorCode>();
        foreach (var text in CatalogueVocabulary.Split(row.Text("indicators")))
        {
            if (IndicatorCode.TryParse(text, out var code) && catalogue.TryFind(code, out _))
            {
                codes.Add(code);
            }
            else
            {
                row.Fault(
                    "indicators", new($"没有指标“{text}”", $"there is no indicator '{text}'"),
                    new("请填写 indicators.csv 中的代码，用空格分隔", "write codes of indicators.csv, with spaces between them"));
            }
        }

        return codes;
    }

    private static TimeSpan? Time(CsvRow row, string column)
    {
        if (row.IsEmpty(column))
        {
            return null;
        }

        if (TimePattern().Match(row.Text(column)) is { Success: true } match)
        {
            var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            var time = match.Groups[2].ValueSpan[0] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            };
            if (time <= TimeSpan.FromDays(MaxDays))
            {
                return time;
            }
        }

        return row.Fault(
            column, new($"“{row.Text(column)}”不是时长", $"'{row.Text(column)}' is not a length of time"),
            new("请写成 30s、5m、4h 或 7d，至多 366d", "write it as 30s, 5m, 4h or 7d, at most 366d"), default(TimeSpan?));
    }

    [GeneratedRegex(@"\A([0-9]{1,6})([smhd])\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();
}
