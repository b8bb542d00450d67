using System.Globalization;

namespace XilinIngest.Indicators;

/// <summary>
/// What a person typed or pasted. A copy out of a calculator or a chat window may bring characters along that no one can see.
/// </summary>
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

    /// <summary>Whether there is nothing to see in it.</summary>
    public static bool IsBlank(string text) => text.All(IsTrimmable);

    /// <summary>Whether an invisible character stands within a text that is already trimmed.</summary>
    public static bool HasInvisibleCharacters(string text) => text.Any(IsInvisible);

    private static bool IsTrimmable(char c) => char.IsWhiteSpace(c) || IsInvisible(c) || c == '\0';

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
