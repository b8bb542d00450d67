namespace XilinIngest.Indicators;

/// <summary>Numbers with their English noun: 1 firm, 2 firms. indicators.csv names units of measure in the plural.</summary>
public static class EnglishNoun
{
    // These name a number, so that what follows is counted in it: 1 million person-times.
    private static readonly string[] NumberWords = ["million ", "billion ", "ten thousand "];

    private static readonly string[] EndingsWithE = ["sses", "xes", "ches", "shes"];

    /// <summary>A number with its noun.</summary>
    public static string Count(int number, string plural) =>
        Count(number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture), plural);

    /// <summary>A number that is already formatted, with its unit of measure: <c>1 firm</c>, <c>1.0 firms</c>, <c>96.1%</c>.</summary>
    public static string Count(string number, string plural) =>
        plural == "%" ? number + plural : $"{number} {(number is "1" or "-1" or "−1" ? Singular(plural) : plural)}";

    private static string Singular(string plural)
    {
        if (plural.Length == 0 || char.IsAsciiDigit(plural[0])
            || Array.Exists(NumberWords, word => plural.StartsWith(word, StringComparison.Ordinal)))
        {
            return plural;
        }

        // Packs of supplies: the noun is before what it is of.
        var end = plural.IndexOf(" of ", StringComparison.Ordinal) is > 0 and var of ? of : plural.Length;
        var start = plural.LastIndexOf(' ', end - 1) + 1;
        return plural[..start] + SingularWord(plural[start..end]) + plural[end..];
    }

    private static string SingularWord(string word) =>
        word == "people" ? "person"
        : word.EndsWith("ies", StringComparison.Ordinal) ? word[..^3] + "y"
        : Array.Exists(EndingsWithE, ending => word.EndsWith(ending, StringComparison.Ordinal)) ? word[..^2]
        : word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1]
        : word;
}
