using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Files;

/// <summary>
/// Numbers as clerks write them. Understood where there is one way to: plain decimals, full-width digits, thousands separators that
/// can be nothing else. All else is a finding: a figure is never guessed.
/// </summary>
internal static partial class NumberText
{
    public static bool TryRead(string text, out decimal number, out Finding? finding)
    {
        number = 0;
        finding = null;
        var plain = Ascii(text).Trim();
        if (Grouped().IsMatch(plain))
        {
            plain = plain.Replace(",", "", StringComparison.Ordinal);
        }

        if (Plain().Match(plain) is { Success: true } match)
        {
            if (match.Groups[1].Length <= 15 && match.Groups[2].Value.TrimEnd('0').Length <= 6)
            {
                number = decimal.Parse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                number /= 1.0000000000000000000000000000m;
                return true;
            }

            finding = Bad(text, "位数太多。", "has too many digits.", "整数最多 15 位,小数最多 6 位;请四舍五入后填写。", "At most 15 digits before and 6 after the point: round it.");
            return false;
        }

        finding = plain switch
        {
            _ when plain.Contains(',', StringComparison.Ordinal) => Bad(text, "中的逗号可能是千分位,也可能是小数点。", "has a comma that may be a thousands separator or a decimal point.", "去掉逗号。", "Write it without the comma."),
            _ when plain.EndsWith('%') => Bad(text, "带有百分号。", "has a per cent sign.", "只填数字,如 95.5;比率请填分子和分母。", "Write the number alone, such as 95.5; for a rate give numerator and denominator."),
            _ when plain.Contains('万', StringComparison.Ordinal) || plain.Contains('亿', StringComparison.Ordinal) => Bad(text, "带有计量单位。", "has a unit of measure in it.", "按“计量单位”一栏折算,只填数字。", "Convert to the unit of the row and write the number alone."),
            _ when Exponent().IsMatch(plain) => Bad(text, "是科学计数法。", "has an exponent.", "写成普通小数。", "Write a plain decimal."),
            _ => Bad(text, "不是数。", "is no number.", "写成普通小数,如 1705.5;没有发生填 0,不报留空。", "Write a plain decimal such as 1705.5; 0 where nothing happened, nothing where nothing is reported."),
        };
        return false;
    }

    /// <summary>Full-width letters, digits and signs, as Chinese input methods type them, in ASCII; odd spaces as plain ones.</summary>
    public static string Ascii(string text) => new([.. text.Select(c => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' => ' ',
        '\u2212' => '-',
        _ => c,
    })]);

    private static Finding Bad(string text, string zh, string en, string remedyZh, string remedyEn) => FileFindings.NotANumber(text, zh, en, remedyZh, remedyEn);

    [GeneratedRegex(@"\A-?([0-9]+)(?:\.([0-9]+))?\z")]
    private static partial Regex Plain();

    // Two groups or more, or a group and a point: no decimal comma looks like that.
    [GeneratedRegex(@"\A-?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\A-?[0-9.]+[eE][+-]?[0-9]+\z")]
    private static partial Regex Exponent();
}
