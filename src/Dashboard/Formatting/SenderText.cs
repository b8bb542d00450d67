using XilinIngest.Dashboard.Data;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>
/// Who sent or decided something, in a sentence. Lists of ledger rows have the ledger's own name, by which they are narrowed.
/// </summary>
internal static class SenderText
{
    // What the ledger calls those who need not sign in.
    private const string NotSignedIn = "http";

    public static string Describe(string sender, Lang lang) => sender == NotSignedIn ? lang.T("未登录用户", "a user not signed in") : sender;

    /// <summary>An office by the name of its unit: the ledger has its code.</summary>
    public static string Describe(string sender, CatalogueView catalogue, Lang lang) =>
        Describe(catalogue.UnitName(sender, lang), lang);

    /// <summary>When something was done and by whom, where that is known.</summary>
    public static string WhenAndBy(DateTimeOffset at, string? sender, Lang lang) =>
        sender is null ? FigureFormat.Time(at) : FigureFormat.Time(at) + lang.T("，", ", ") + Describe(sender, lang);
}
