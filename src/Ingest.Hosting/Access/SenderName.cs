using System.Globalization;
using System.Text;

namespace XilinIngest.Hosting.Access;

/// <summary>How someone may be called in the ledger: by key and by provider alike.</summary>
public static class SenderName
{
    public const int Longest = 100;

    /// <summary>What the ledger calls those who come without a key.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["http", "local", "dashboard"];

    /// <summary>Whether a name can be told from every other: no sign in it that is not seen, nothing that means something else.</summary>
    public static bool IsFit(string name) => name.Length is > 0 and <= Longest && name == name.Trim() && !name.Any(IsHidden)
        && !Reserved.Contains(name.Normalize(NormalizationForm.FormKC), StringComparer.OrdinalIgnoreCase);

    /// <summary>A provider's name, made fit.</summary>
    public static string Fit(string name)
    {
        var seen = new string([.. name.Where(sign => !IsHidden(sign))]).Trim();
        var cut = seen.Length > Longest ? seen[..Longest] : seen;
        return IsFit(cut) ? cut : $"OpenID {(cut.Length > 0 ? cut : "?")}";
    }

    private static bool IsHidden(char sign) => char.GetUnicodeCategory(sign)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
