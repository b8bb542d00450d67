using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>
/// A unit's code: 12 digits of the statistical division code (统计用区划代码) for villages and above, or the
/// 18-character unified social credit code (统一社会信用代码, GB 32100-2015) with its check character for enterprises.
/// </summary>
public readonly record struct UnitCode : IComparable<UnitCode>
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is not a code, or its check character is wrong.</exception>
    public UnitCode(string value) =>
        _value = IsValid(value)
            ? value : throw new ArgumentException(
                $"'{value}' is neither a 12-digit division code nor a valid 18-character social credit code.", nameof(value));

    /// <exception cref="InvalidOperationException">This is <c>default</c>, which is not a code.</exception>
    public string Value => _value ?? throw new InvalidOperationException("default(UnitCode) is no code.");

    public bool IsEnterprise => _value is { Length: 18 };

    public static bool TryParse([NotNullWhen(true)] string? text, out UnitCode code)
    {
        code = IsValid(text) ? new UnitCode(text) : default;
        return code._value is not null;
    }

    /// <summary>
    /// The 18th character that makes 17 characters a valid social credit code; null if a character is outside the alphabet.
    /// </summary>
    public static char? CheckCharacter(ReadOnlySpan<char> first17)
    {
        if (first17.Length != 17)
        {
            return null;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var digit = Alphabet.IndexOf(first17[i], StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            sum += digit * Weights[i];
        }

        return Alphabet[(31 - sum % 31) % 31];
    }

    public int CompareTo(UnitCode other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? "";

    private static bool IsValid([NotNullWhen(true)] string? text) => text switch
    {
        { Length: 12 } => text.All(char.IsAsciiDigit),
        { Length: 18 } => CheckCharacter(text.AsSpan(0, 17)) == text[17],
        _ => false,
    };
}
