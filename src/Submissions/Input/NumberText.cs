using System.Globalization;
using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Input;

/// <summary>
/// Numbers as clerks write them. A text with one possible meaning is read: plain decimals, full-width digits, unambiguous thousands
/// separators. Any other text is a finding: a figure is never guessed.
/// </summary>
public static partial class NumberText
{
    private static readonly string[] EmptyMarkers =
        ["-", "--", "---", "—", "——", "―", "–", "/", "\\", "无", "空", "没有", "N/A", "n/a", "NA", "nil", "none", "."];

    public static bool TryRead(string text, out decimal number, out Finding? finding)
    {
        number = 0;
        finding = null;
        var plain = Normalize(text);
        if (Grouped().IsMatch(plain))
        {
            plain = plain.Replace(",", "", StringComparison.Ordinal);
        }

        if (Decimal().Match(plain) is { Success: true } match)
        {
            if (match.Groups[1].Length <= 15 && match.Groups[2].Value.TrimEnd('0').Length <= 6)
            {
                number = decimal.Parse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
                number /= 1.0000000000000000000000000000m;
                return true;
            }

            finding = Bad(text, "位数太多。", "has too many digits.", "整数最多 15 位，小数最多 6 位；请四舍五入后填写。",
                "At most 15 digits before and 6 after the point: round it.");
            return false;
        }

        finding = Diagnose(text, plain);
        return false;
    }

    /// <summary>Trims the text, including invisible characters, and converts full-width letters, digits and signs to ASCII.</summary>
    public static string Normalize(string text) => InputText.Trim(ToHalfWidth(text));

    /// <summary>
    /// Converts full-width letters, digits and signs of Chinese input methods to ASCII, and special spaces to plain ones.
    /// </summary>
    public static string ToHalfWidth(string text) => new([.. text.Select(c => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' => ' ',
        '\u2212' => '-',
        _ => c,
    })]);

    private static Finding Diagnose(string text, string plain)
    {
        if (InputText.HasInvisibleCharacters(plain))
        {
            return Bad(text, "中有看不见的字符。", "has an invisible character in it.", "删去整个单元格的内容，重新键入。",
                "Delete the whole cell and type it again.");
        }

        if (Array.Exists(EmptyMarkers, word => word == plain))
        {
            return Bad(text, "可能是 0，也可能是不报，不是数。", "is no number: it may mean 0, or that nothing is reported.",
                "没有发生填 0，不报留空，撤回写“撤回”。",
                "Write 0 where nothing happened, nothing where nothing is reported, 'withdraw' to take the figure back.");
        }

        return SignNotation(plain) is { } sign ? Bad(text, sign.Zh, sign.En, $"请写成 {sign.Number}。", $"Write {sign.Number}.") : plain switch
        {
            _ when plain.EndsWith('%') => Bad(text, "带有百分号。", "has a per cent sign.",
                "只填数字，如 95.5；比率请填分子和分母。", "Write the number alone, such as 95.5; for a rate give numerator and denominator."),
            _ when Money().IsMatch(plain) => Bad(text, "带有货币符号。", "has a currency sign.",
                "按“计量单位”一栏折算，只填数字。", "Convert to the unit of the row and write the number alone."),
            _ when plain.Contains('万', StringComparison.Ordinal) || plain.Contains('亿', StringComparison.Ordinal) =>
                Bad(text, "带有计量单位。", "has a unit of measure in it.",
                "按“计量单位”一栏折算，只填数字。", "Convert to the unit of the row and write the number alone."),
            _ when plain.Contains(',', StringComparison.Ordinal) =>
                Bad(text, "中的逗号可能是千分位，也可能是小数点。", "has a comma that may be a thousands separator or a decimal point.",
                "去掉逗号。", "Write it without the comma."),
            _ when Exponent().IsMatch(plain) => Bad(text, "是科学计数法。", "has an exponent.", "写成普通小数。", "Write a plain decimal."),
            _ => Bad(text, "不是数。", "is no number.",
                "写成普通小数，如 1705.5；没有发生填 0，不报留空。",
                "Write a plain decimal such as 1705.5; 0 where nothing happened, nothing where nothing is reported."),
        };
    }

    // An accounting minus and a plus have a clear number. The finding says how to write it.
    private static (string Zh, string En, string Number)? SignNotation(string plain)
    {
        var (inside, zh, en, sign) = plain switch
        {
            ['(', .. var within, ')'] => (within, "用括号表示负数。", "is a negative number in brackets.", "-"),
            [.. var before, '-'] => (before, "的负号写在后面。", "has its minus sign at the end.", "-"),
            ['+', .. var after] => (after, "带有加号。", "has a plus sign.", ""),
            ['–' or '—' or '―' or '‐' or '‑' or '‒', .. var after] => (after, "用连接号或破折号作负号。", "has a dash for its minus sign.", "-"),
            ['.', ..] => ("0" + plain, "的小数点前没有数字。", "has no digit before its point.", ""),
            ['-', '.', .. var after] => ("0." + after, "的小数点前没有数字。", "has no digit before its point.", "-"),
            _ => ("", "", "", ""),
        };
        var digits = inside.Trim().Replace(",", "", StringComparison.Ordinal);
        return Decimal().IsMatch(digits) && !digits.StartsWith('-') ? (zh, en, sign + digits) : null;
    }

    private static Finding Bad(string text, string zh, string en, string remedyZh, string remedyEn) =>
        FileFindings.NotANumber(text, zh, en, remedyZh, remedyEn);

    [GeneratedRegex(@"\A-?([0-9]+)(?:\.([0-9]+))?\z")]
    private static partial Regex Decimal();

    // Two groups or more, or a group and a point, cannot be a decimal comma.
    [GeneratedRegex(@"\A-?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}(?:\.[0-9]+)?|,[0-9]{3}\.[0-9]+)\z")]
    private static partial Regex Grouped();

    [GeneratedRegex(@"\A(?:-?(?:\p{Sc}|CNY|RMB|USD|人民币).*[0-9]|[^万亿]*[0-9]\s*(?:\p{Sc}|CNY|RMB|USD|[美日欧港]?元))\z", RegexOptions.IgnoreCase)]
    private static partial Regex Money();

    [GeneratedRegex(@"\A-?[0-9.]+[eE][+-]?[0-9]+\z")]
    private static partial Regex Exponent();
}
