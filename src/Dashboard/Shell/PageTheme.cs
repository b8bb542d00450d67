namespace XilinIngest.Dashboard.Shell;

/// <summary>Light or dark pages: what the reader has chosen; without a choice, what the device asks for.</summary>
internal static class PageTheme
{
    public const string Light = "light";
    public const string Dark = "dark";

    /// <summary>The cookie that keeps the choice.</summary>
    public const string Cookie = "xilin-theme";

    /// <summary>The themes and the texts of their links. A page shows the link to the theme that it does not have.</summary>
    public static IReadOnlyList<(string Theme, string Zh, string En)> Choices { get; } = [(Dark, "深色", "Dark"), (Light, "浅色", "Light")];

    /// <summary>The theme that the reader has chosen; null: none.</summary>
    public static string? Of(HttpContext? context) =>
        context?.Request.Cookies[Cookie] is { } kept && kept is Light or Dark ? kept : null;
}
