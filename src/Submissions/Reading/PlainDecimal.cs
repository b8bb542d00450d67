using System.Globalization;

namespace XilinIngest.Submissions.Reading;

/// <summary>Numbers as a submission may carry them: plain decimals, at most 15 digits before and 6 after the point.</summary>
public static class PlainDecimal
{
    private const int MaxIntegerDigits = 15;
    private const int MaxFractionDigits = 6;

    // Numbers of up to 18 digits always fit into 64 bits.
    private const int MaxFastDigits = 18;

    /// <summary>Reads a valid JSON number; false if it has an exponent or too many digits.</summary>
    /// <param name="text">The complete token of a JSON number.</param>
    /// <param name="number">The number, with its scale.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out decimal number)
    {
        number = 0;
        var isNegative = text.StartsWith("-"u8);
        var digits = isNegative ? text[1..] : text;
        var point = digits.IndexOf((byte)'.');
        var integerDigits = point < 0 ? digits.Length : point;
        var fractionDigits = point < 0 ? 0 : digits.Length - point - 1;

        // The text is checked, because a parser would round the 40th digit and accept 1e9.
        if (integerDigits > MaxIntegerDigits || fractionDigits > MaxFractionDigits || digits.ContainsAny((byte)'e', (byte)'E'))
        {
            return false;
        }

        if (integerDigits + fractionDigits > MaxFastDigits)
        {
            return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
                out number);
        }

        var all = 0UL;
        foreach (var digit in digits)
        {
            if (digit != '.')
            {
                all = all * 10 + (uint)(digit - '0');
            }
        }

        number = new decimal((int)(uint)all, (int)(uint)(all >> 32), 0, isNegative, (byte)fractionDigits);
        return true;
    }
}
