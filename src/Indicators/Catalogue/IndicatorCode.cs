using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace XilinIngest.Indicators;

/// <summary>An indicator's code: 2 to 64 of <c>A-Z 0-9 _</c>, a letter first, such as <c>FIXED_ASSET_INVESTMENT</c>.</summary>
public readonly record struct IndicatorCode : IComparable<IndicatorCode>
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private readonly string? _value;

    /// <exception cref="ArgumentException">The text is not a code.</exception>
    public IndicatorCode(string value) =>
        _value = IsValid(value)
            ? value : throw new ArgumentException($"'{value}' is not an indicator code (A-Z, 0-9, _; a letter first; 2 to 64).",
                nameof(value));

    /// <exception cref="InvalidOperationException">This is <c>default</c>, which is not a code.</exception>
    public string Value => _value ?? throw new InvalidOperationException("default(IndicatorCode) is no code.");

    public static bool TryParse([NotNullWhen(true)] string? text, out IndicatorCode code)
    {
        code = IsValid(text) ? new IndicatorCode(text) : default;
        return code._value is not null;
    }

    /// <summary>Whether the text is the same object, as with codes of one catalogue. A fast test before the comparison.</summary>
    internal bool IsSameObject(IndicatorCode other) => ReferenceEquals(_value, other._value);

    public int CompareTo(IndicatorCode other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? "";

    private static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: >= 2 and <= 64 } && char.IsAsciiLetterUpper(text[0]) && !text.AsSpan().ContainsAnyExcept(Allowed);
}
