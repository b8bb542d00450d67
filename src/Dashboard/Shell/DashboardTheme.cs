using MudBlazor;

namespace XilinIngest.Dashboard.Shell;

/// <summary>Colours and fonts. Every pair of text and background colour has the contrast that WCAG 2.2 AA requires.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["system-ui", "Noto Sans CJK SC", "Microsoft YaHei", "WenQuanYi Micro Hei", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight =
        new PaletteLight
        {
            Primary = "#0b5cad",
            Secondary = "#475569",
            Success = "#1a7f37",
            Warning = "#8a5a00",
            Error = "#b42318",
            TextPrimary = "#1f2933",
            TextSecondary = "#475569"
        },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts } },
    };
}
