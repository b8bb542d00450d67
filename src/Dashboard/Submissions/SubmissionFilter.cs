using XilinIngest.Dashboard.Data;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Submissions;

/// <summary>What the list of submissions is narrowed to. All parts apply together, and all are in the address.</summary>
/// <param name="Of">The unit's code.</param>
/// <param name="Month">The month.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Rule">The rule of a finding.</param>
/// <param name="Sender">A part of the sender's name.</param>
internal sealed record SubmissionFilter(string? Of, string? Month, string? Verdict, string? Rule, string? Sender)
{
    /// <summary>The unit above the list: it and those below it are listed, unless one is named; null: all are.</summary>
    public string? Within { get; init; }


    /// <summary>The parameters for an address of the page; empty if nothing is narrowed.</summary>
    public string PageQuery => Query("of", "month");

    /// <summary>The same for the service, and for the exports.</summary>
    public string ServiceQuery => Query("unit", "period") + Part("within", string.IsNullOrWhiteSpace(Of) ? Within : null);

    /// <summary>
    /// The unit to list alone with those below it. The list of the topmost one is whole, and has what was refused because its unit is
    /// unknown.
    /// </summary>
    public static string? WithinOf(CatalogueUnit chosen) => chosen.Spans.Any(span => span.Parent is not null) ? chosen.Code : null;

    /// <summary>The code of the unit that a reader means by a code or a name; null: there is none, or more than one.</summary>
    public static string? FindUnit(string text, CatalogueView catalogue)
    {
        var plain = InputText.Trim(text);
        var found = catalogue.Units.Where(unit => unit.Code == plain || unit.NameZh == plain
            || unit.NameEn.Equals(plain, StringComparison.OrdinalIgnoreCase)).ToList();
        found = found.Count > 0 ? found : [.. catalogue.Units.Where(unit => unit.NameZh.Contains(plain, StringComparison.Ordinal)
            || unit.NameEn.Contains(plain, StringComparison.OrdinalIgnoreCase))];
        return found is [var one] ? one.Code : null;
    }

    private string Query(string unit, string month) =>
        Part(unit, Of) + Part(month, Month) + Part("verdict", Verdict) + Part("rule", Rule) + Part("sender", Sender);

    private static string Part(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : $"&{name}={Uri.EscapeDataString(value.Trim())}";
}
