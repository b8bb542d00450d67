namespace XilinIngest.Dashboard.Formatting;

/// <summary>The English names of the report's chapters and sections, which the catalogue names in Chinese.</summary>
internal static class SectionNames
{
    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal)
    {
        ["发展"] = "Development",
        ["经济运行"] = "Economic performance",
        ["项目双进"] = "Project signing and construction",
        ["载体效应"] = "Industrial space",
        ["营商环境"] = "Business environment",
        ["建设"] = "Urban construction",
        ["片区规划"] = "Area planning",
        ["城市更新"] = "Urban renewal",
        ["城市管理"] = "Urban management",
        ["生态环境"] = "Environment",
        ["民生"] = "Livelihood",
        ["疫情防控"] = "Epidemic control",
        ["基本民生"] = "Basic welfare",
        ["安全底线"] = "Public safety",
        ["党建"] = "Party building",
        ["基层组织"] = "Grass-roots organisation",
    };

    /// <summary>Chapter and section in one heading. A name without a translation remains Chinese.</summary>
    public static string Heading(string chapter, string section, Lang lang) => $"{Name(chapter, lang)} · {Name(section, lang)}";

    /// <summary>The name of a section alone.</summary>
    public static string Section(string section, Lang lang) => Name(section, lang);

    /// <summary>The language of that heading if it differs from the page's; null: it does not.</summary>
    public static string? LanguageOf(string chapter, string section, Lang lang) =>
        lang.English && !(English.ContainsKey(chapter) && English.ContainsKey(section)) ? "zh-CN" : null;

    private static string Name(string name, Lang lang) => lang.English ? English.GetValueOrDefault(name, name) : name;
}
