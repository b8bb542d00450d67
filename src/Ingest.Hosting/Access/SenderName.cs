using System.Globalization;
using System.Text;

namespace XilinIngest.Hosting.Access;

/// <summary>The rules for names of senders in the ledger, for keys and providers alike.</summary>
public static class SenderName
{
    public const int MaxLength = 100;

    /// <summary>The name in the ledger of senders without a key.</summary>
    public static IReadOnlyList<string> Reserved { get; } = ["http", "local", "dashboard"];

    /// <summary>Whether a name is unambiguous: without invisible characters and without reserved words.</summary>
    public static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && name == name.Trim() && !name.Any(IsInvisible)
        && !Reserved.Contains(name.Normalize(NormalizationForm.FormKC), StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a provider's name valid.</summary>
    public static string Sanitize(string name)
    {
        var seen = new string([.. name.Where(sign => !IsInvisible(sign))]).Trim();
        var cut = seen.Length > MaxLength ? seen[..MaxLength] : seen;
        return IsValid(cut) ? cut : $"OpenID {(cut.Length > 0 ? cut : "?")}";
    }

    private static bool IsInvisible(char sign) => char.GetUnicodeCategory(sign)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;
}
