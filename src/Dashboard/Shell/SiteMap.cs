using XilinIngest.Dashboard.Formatting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Shell;

/// <summary>A page that readers choose.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="IsInMenu">Whether the menu shows it; the others are found by the search and by links.</param>
internal sealed record SitePage(string Path, string Zh, string En, bool IsInMenu = false);

/// <summary>The pages.</summary>
internal static class SiteMap
{
    public const string Enter = "/enter";
    public const string My = "/my";
    public const string Search = "/search";
    public const string Status = "/status";

    private static readonly SitePage[] All =
    [
        new("/", "总览", "Overview", true),
        new("/indicator", "指标", "Indicator", true),
        new("/rankings", "排名", "Rankings", true),
        new("/completeness", "催报", "Completeness", true),
        new(My, "我的本月", "My month", true),
        new(Enter, "填报", "Enter", true),
        new("/submissions", "报送", "Submissions", true),
        new("/alerts", "预警", "Alerts", true),
        new("/report", "报告", "Report", true),
        new("/dictionary", "指标解释", "Dictionary"),
        new("/map", "地图", "Map"),
        new("/tables", "表格", "Tables", true),
        new("/timeliness", "报送及时率", "Timeliness"),
        new("/releases", "已发布的版本", "Releases"),
        new("/silences", "静默", "Silences"),
        new("/notices", "通知", "Notices"),
        new(Status, "运行状态", "Status"),
        new(Search, "查找", "Search"),
    ];

    /// <summary>The menu of a caller.</summary>
    public static IEnumerable<SitePage> Menu(Caller caller) => All.Where(page => page.IsInMenu && IsFor(page, caller));

    /// <summary>The pages whose name or address contains a text.</summary>
    public static IReadOnlyList<SitePage> Find(string text, Lang lang, Caller caller) => InputText.Trim(text) is { Length: > 0 } asked
        ? [
            .. All.Where(page => IsFor(page, caller)
                && new[] { page.Zh, page.En, page.Path }.Any(name => name.Contains(asked, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(page => lang.T(page.Zh, page.En), StringComparer.Ordinal),
        ]
        : [];

    /// <summary>Whether a page is of an office: it begins with the office's own unit and the month that is due.</summary>
    public static bool IsOfOffice(string path) => path is Enter or My;

    /// <summary>The name of a page.</summary>
    public static string NameOf(string path, Lang lang) =>
        Array.Find(All, page => page.Path == path) is { } page ? lang.T(page.Zh, page.En) : path;

    private static bool IsFor(SitePage page, Caller caller) => page.Path switch
    {
        Enter or My => caller.MayEnter,
        Status or "/notices" => caller.MayAdminister,
        _ => true,
    };
}
