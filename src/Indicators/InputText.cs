using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>Text that a person typed or pasted. Text copied from a calculator or a chat window may contain invisible characters.</summary>
public static class InputText
{
    /// <summary>Without spaces, line breaks and invisible characters (Unicode category Cf) at either end.</summary>
    public static string Trim(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsTrimmable(text[from]))
        {
            from++;
        }

        while (to > from && IsTrimmable(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    /// <summary>Whether the text is empty or has only spaces, line breaks and invisible characters.</summary>
    public static bool IsBlank(string text) => text.All(IsTrimmable);

    /// <summary>Whether a text that is already trimmed contains an invisible character.</summary>
    public static bool HasInvisibleCharacters(string text) => text.Any(IsInvisible);

    private static bool IsTrimmable(char c) => char.IsWhiteSpace(c) || IsInvisible(c) || c == '\0';

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
