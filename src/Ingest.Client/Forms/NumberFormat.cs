using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace XilinIngest.Client.Forms;

/// <summary>How a cell shows its number, compared with what is stored in it.</summary>
internal enum Display
{
    /// <summary>The stored number, perhaps rounded.</summary>
    Number, Date, Percentage, Scaled, Nothing, WithoutItsSign,
}

/// <summary>A number format of a workbook, as far as it decides whether what is shown is what is stored.</summary>
internal sealed class NumberFormat
{
    private readonly List<FormatSection> _sections;

    private NumberFormat(List<FormatSection> sections) => _sections = sections;

    public static NumberFormat Parse(string code) => new([.. FormatSection.Split(code).Take(4).Select(FormatSection.Parse)]);

    /// <summary>How a number is shown, and the words that are shown with it, such as 万; null: none.</summary>
    public (Display Display, string? Words) For(double number)
    {
        var at = SectionFor(number);
        if (at < 0)
        {
            return (Display.Nothing, null);
        }

        var section = _sections[at];
        var isNegativeSection = at == 1 && number < 0 && section.Condition is null && _sections[0].Condition is null;
        var display = section.IsDate ? Display.Date
            : section.IsPercentage ? Display.Percentage
            : section.IsScaled ? Display.Scaled
            : !section.ShowsDigits && !(number == 0 && section.ShowsAnything) ? Display.Nothing
            : isNegativeSection && !section.ShowsSign ? Display.WithoutItsSign
            : Display.Number;
        return (display, section.ShowsDigits && section.Words.Length > 0 ? section.Words : null);
    }

    private int SectionFor(double number)
    {
        if (_sections.Exists(section => section.Condition is not null))
        {
            return _sections.FindIndex(section => section.Condition is { } holds ? holds(number) : section != _sections[0] || _sections.Count == 1);
        }

        // A fourth section is for texts.
        var numeric = Math.Min(_sections.Count, 3);
        return number < 0 && numeric > 1 ? 1 : number == 0 && numeric > 2 ? 2 : 0;
    }
}

/// <summary>One of the parts between semicolons: for positive, negative, zero.</summary>
internal sealed partial class FormatSection
{
    // Placeholders and points as they are; a literal point or comma as P, other literals as L.
    private readonly string _pattern;

    private FormatSection(string pattern, string words, bool isElapsed, bool isRed, Func<double, bool>? condition) =>
        (_pattern, Words, IsElapsed, ShowsSign, Condition) = (pattern, words, isElapsed, isRed || pattern.AsSpan().ContainsAny('-', '('), condition);

    public string Words { get; }

    public Func<double, bool>? Condition { get; }

    /// <summary>A minus, brackets, or red.</summary>
    public bool ShowsSign { get; }

    public bool IsDate => IsElapsed || _pattern.Contains('D', StringComparison.Ordinal);

    public bool IsPercentage => _pattern.Contains('%', StringComparison.Ordinal);

    /// <summary>A comma after the last digit divides by a thousand; a literal point among digits shifts them in the eye of the reader.</summary>
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
                case '_' or '*':
                    i++;
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
                case '/' or ' ' or '+' or ':':
                    break;
                default:
                    Literal(code[i]);
                    break;
            }
        }

        return new FormatSection(pattern.ToString(), words.ToString(), elapsed, red, condition);

        void Literal(char literal)
        {
            pattern.Append(literal is '.' or ',' or '\u00B7' or '\uFF0C' or '\uFF0E' ? 'P' : literal is '-' or '(' ? literal : 'L');
            if (!char.IsWhiteSpace(literal) && !char.IsPunctuation(literal) && char.GetUnicodeCategory(literal) != UnicodeCategory.CurrencySymbol)
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
        }
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

    [GeneratedRegex(@"[0#?],+(?![0#?,])|[0#?]P+[0#?]")]
    private static partial Regex Scaled();

    [GeneratedRegex("General|G/通用格式", RegexOptions.IgnoreCase)]
    private static partial Regex General();

    [GeneratedRegex(@"\A(?:h+|m+|s+)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Elapsed();

    [GeneratedRegex(@"\A(<>|>=|<=|>|<|=)(-?[0-9.]+(?:[eE][+-]?[0-9]+)?)\z")]
    private static partial Regex Conditional();
}
