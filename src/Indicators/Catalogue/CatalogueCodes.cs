using System.Text;

namespace XilinIngest.Indicators;

/// <summary>Finds a catalogue's units and indicators by the UTF-8 bytes of a message, without making strings. Immutable.</summary>
public sealed class CatalogueCodes
{
    private const int MaxCodeLength = 64;

    private readonly IReadOnlyList<Indicator> _indicators;
    private readonly byte[][] _codes;
    private readonly byte[][] _canonicalUnits;
    private readonly Dictionary<string, Indicator>.AlternateLookup<ReadOnlySpan<char>> _indicatorsByCode;
    private readonly Dictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> _unitsByCode;

    internal CatalogueCodes(IReadOnlyList<Indicator> indicators, IReadOnlyList<Unit> units)
    {
        _indicators = indicators;
        _codes = [.. indicators.Select(indicator => Encoding.UTF8.GetBytes(indicator.Code.Value))];
        _canonicalUnits = [.. indicators.Select(indicator => Encoding.UTF8.GetBytes(indicator.CanonicalUnit))];
        _indicatorsByCode = indicators.ToDictionary(indicator => indicator.Code.Value, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _unitsByCode = units.ToDictionary(unit => unit.Code.Value, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The indicator with a code; null if there is none.</summary>
    /// <param name="code">The code.</param>
    /// <param name="likely">The position in the catalogue that is tried first, because values mostly come in catalogue order.</param>
    public Indicator? FindIndicator(ReadOnlySpan<byte> code, int likely)
    {
        if ((uint)likely < (uint)_codes.Length && code.SequenceEqual(_codes[likely]))
        {
            return _indicators[likely];
        }

        Span<char> text = stackalloc char[MaxCodeLength];
        return TryWiden(code, ref text) && _indicatorsByCode.TryGetValue(text, out var indicator) ? indicator : null;
    }

    /// <summary>The unit with a code; null if there is none.</summary>
    public Unit? FindUnit(ReadOnlySpan<byte> code)
    {
        Span<char> text = stackalloc char[MaxCodeLength];
        return TryWiden(code, ref text) && _unitsByCode.TryGetValue(text, out var unit) ? unit : null;
    }

    /// <summary>The canonical unit of measure of an indicator of this catalogue.</summary>
    public ReadOnlySpan<byte> CanonicalUnitOf(Indicator indicator) => _canonicalUnits[indicator.Order];

    // Codes are ASCII.
    private static bool TryWiden(ReadOnlySpan<byte> code, ref Span<char> text)
    {
        if (code.Length > text.Length || Ascii.ToUtf16(code, text, out var length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        text = text[..length];
        return true;
    }
}
