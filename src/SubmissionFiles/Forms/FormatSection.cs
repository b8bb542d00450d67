using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace XilinIngest.SubmissionFiles.Forms;

/// <summary>One section of a number format between semicolons, for positive numbers, negative numbers or zero.</summary>
internal sealed partial class FormatSection
{
    // Characters that may be mistaken for a decimal point or a thousands separator.
    private const string Points = ".,·．，";
    private const string OtherSeparators = "。､、・'’‘`´＇﹒";

    private const string PerHundredOrMore = "%％‰‱";

    // Placeholders, points and brackets are unchanged; a literal point or comma is P, a similar character is S, a minus is -, and other
    // literals are L.
    private readonly string _pattern;

    private FormatSection(string pattern, string words, bool isElapsed, bool isRed, Func<double, bool>? condition) =>
        (_pattern, Literals, IsElapsed, ShowsSign, Condition) = (pattern, words, isElapsed, isRed || Minus().IsMatch(pattern), condition);

    public string Literals { get; }

    public Func<double, bool>? Condition { get; }

    /// <summary>Whether it shows a minus, brackets, or red.</summary>
    public bool ShowsSign { get; }

    /// <summary>Whether it shows a minus, or brackets around the digits.</summary>
    public bool ShowsMinus => Minus().IsMatch(_pattern);

    /// <summary>
    /// Whether a symbol between two digits, or one like a decimal point before the first digit, changes the number that is seen.
    /// </summary>
    public bool HasSymbolsAmongDigits => AmongDigits().IsMatch(_pattern);

    public bool IsDate => IsElapsed || _pattern.Contains('D', StringComparison.Ordinal);

    public bool IsPercentage => _pattern.Contains('%', StringComparison.Ordinal);

    /// <summary>
    /// Whether the shown number is scaled. A comma after the last digit divides by a thousand, and a literal point among digits looks like
    /// a decimal point.
    /// </summary>
    public bool IsScaled => Scaled().IsMatch(_pattern);

    public bool ShowsDigits => _pattern.AsSpan().ContainsAny("0#?G@");

    public bool ShowsAnything => _pattern.Length > 0;

    private bool IsElapsed { get; }

    public static List<string> Split(string code)
    {
        var (sections, from, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < code.Length; i++)
        {
            if (!quoted && code[i] is '\\' or '!' or '_' or '*')
            {
                i++;
            }
            else if (code[i] == '"')
            {
                quoted = !quoted;
            }
            else if (code[i] == ';' && !quoted)
            {
                sections.Add(code[from..i]);
                from = i + 1;
            }
        }

        sections.Add(code[from..]);
        return sections;
    }

    public static FormatSection Parse(string code)
    {
        code = General().Replace(code, "\u0001");
        var (pattern, words) = (new StringBuilder(), new StringBuilder());
        var (elapsed, red) = (false, false);
        Func<double, bool>? condition = null;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    var end = code.IndexOf('"', i + 1) is >= 0 and var found ? found : code.Length;
                    foreach (var literal in code[(i + 1)..end])
                    {
                        Literal(literal);
                    }

                    i = end;
                    break;
                case '\\' or '!':
                    i++;
                    Literal(i < code.Length ? code[i] : ' ');
                    break;
                case '_':
                    i++;
                    break;
                case '*':
                    // The next character is repeated to fill the cell.
                    i++;
                    Literal(i < code.Length && code[i] != '*' ? code[i] : ' ');
                    break;
                case '[':
                    var close = code.IndexOf(']', i) is >= 0 and var at ? at : code.Length - 1;
                    Bracket(code[(i + 1)..close]);
                    i = close;
                    break;
                case '\u0001':
                    pattern.Append('G');
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    pattern.Append('X');
                    i++;
                    break;
                case '0' or '#' or '?' or '.' or ',' or '%' or '@' or '-' or '(' or ')':
                    pattern.Append(code[i]);
                    break;
                case var letter when char.ToLowerInvariant(letter) is 'y' or 'm' or 'd' or 'h' or 's' or 'e' or 'a' or 'b' or 'g':
                    pattern.Append('D');
                    break;
                case '/' or ' ':
                    break;
                default:
                    Literal(code[i]);
                    break;
            }
        }

        return new FormatSection(pattern.ToString(), words.ToString(), elapsed, red, condition);

        void Literal(char literal)
        {
            if (char.IsWhiteSpace(literal))
            {
                return;
            }

            var kind = KindOf(literal);
            pattern.Append(kind);
            if (kind == 'L' && literal != '+' && (!char.IsPunctuation(literal) || PerHundredOrMore.Contains(literal)))
            {
                words.Append(literal);
            }
        }

        void Bracket(string inside)
        {
            elapsed |= Elapsed().IsMatch(inside);
            red |= inside.StartsWith("red", StringComparison.OrdinalIgnoreCase) || inside.StartsWith('红');
            if (ConditionOf(inside) is { } holds)
            {
                condition = holds;
            }

            foreach (var literal in CurrencyText(inside))
            {
                Literal(literal);
            }
        }
    }

    private static char KindOf(char literal) => literal switch
    {
        _ when Points.Contains(literal) => 'P',
        _ when OtherSeparators.Contains(literal) => 'S',
        '(' or '\uFF08' => '(',
        ')' or '\uFF09' => ')',
        '\u2212' or '△' or '▲' => '-',
        _ when char.GetUnicodeCategory(literal) == UnicodeCategory.DashPunctuation => '-',
        _ => 'L',
    };

    // $ begins a currency and its country, such as $US$-409: the text between them is shown. In Japan ¥ is the yen.
    private static string CurrencyText(string inside)
    {
        if (!inside.StartsWith('$'))
        {
            return "";
        }

        var (text, country) = inside.LastIndexOf('-') is > 0 and var dash ? (inside[1..dash], inside[(dash + 1)..]) : (inside[1..], "");
        return country.EndsWith("411", StringComparison.Ordinal) && text.Length > 0 ? $"日元{text}" : text;
    }

    private static Func<double, bool>? ConditionOf(string text)
    {
        var match = Conditional().Match(text);
        if (!match.Success || !double.TryParse(match.Groups[2].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
        {
            return null;
        }

        return match.Groups[1].Value switch
        {
            ">" => number => number > bound,
            ">=" => number => number >= bound,
            "<" => number => number < bound,
            "<=" => number => number <= bound,
            "<>" => number => number != bound,
            _ => number => number == bound,
        };
    }

    [GeneratedRegex(@"-|\([^)]*[0#?G@]")]
    private static partial Regex Minus();

    [GeneratedRegex(@"[0#?G][.,]*[LPS()-]+[.,]*[0#?G]|[PS][.,]*[0#?G]")]
    private static partial Regex AmongDigits();

    [GeneratedRegex(@"[0#?],+(?![0#?,])|[0#?]P+[0#?]")]
    private static partial Regex Scaled();

    [GeneratedRegex("General|G/通用格式", RegexOptions.IgnoreCase)]
    private static partial Regex General();

    [GeneratedRegex(@"\A(?:h+|m+|s+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"\A(<>|>=|<=|>|<|=)(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\z")]
    private static partial Regex Conditional();
}
