using System.Globalization;
using System.Text;

namespace XilinIngest.Hosting.Access;

/// <summary>How someone may be called in the ledger: by key and by provider alike.</summary>
public static class SenderName
{
    public const int MaxLength = 100;

    /// <summary>What the ledger calls those who come without a key.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["http", "local", "dashboard"];

    /// <summary>Whether a name can be told from every other: no sign in it that is not seen, nothing that means something else.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && name == name.Trim() && !name.Any(IsInvisible)
        && !Reserved.Contains(name.Normalize(NormalizationForm.FormKC), StringComparer.OrdinalIgnoreCase);

    /// <summary>A provider's name, made fit.</summary>
    public static string Sanitize(string name)
    {
        var seen = new string([.. name.Where(sign => !IsInvisible(sign))]).Trim();
        var cut = seen.Length > MaxLength ? seen[..MaxLength] : seen;
        return IsValid(cut) ? cut : $"OpenID {(cut.Length > 0 ? cut : "?")}";
    }

    private static bool IsInvisible(char sign) => char.GetUnicodeCategory(sign)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
