using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// A cell in one number: there are ten million cells, and a decimal alone would take sixteen bytes. From the lowest bit on: the state, the
/// scale, the submission, the digits with their sign.
/// </summary>
internal struct CompactCell
{
    /// <summary>The greatest scale of a cell.</summary>
    public const int MaxScale = (1 << ScaleBits) - 1;

    private const int StateBits = 2;
    private const int ScaleBits = 3;
    private const int ProvenanceShift = StateBits + ScaleBits;
    private const int DigitsShift = ProvenanceShift + 16;

    /// <summary>The greatest number of digits of a cell, without their sign: 4.4 million million.</summary>
    public const long MaxDigits = (1L << 63 - DigitsShift) - 1;

    private long _bits;

    private CompactCell(CellState state, long digits = 0, int scale = 0) =>
        _bits = digits << DigitsShift | (long)scale << StateBits | (long)state;

    public readonly CellState State => (CellState)(_bits & (1 << StateBits) - 1);

    public readonly decimal Value
    {
        get
        {
            var (digits, scale) = (_bits >> DigitsShift, (byte)(_bits >> StateBits & MaxScale));
            var magnitude = Math.Abs(digits);
            return new((int)magnitude, (int)(magnitude >> 32), 0, digits < 0, scale);
        }
    }

    /// <summary>The place of the submission in the list of its year, from 1; 0: none.</summary>
    public ushort ProvenanceIndex
    {
        readonly get => (ushort)(_bits >> ProvenanceShift);
        set => _bits = _bits & ~((long)ushort.MaxValue << ProvenanceShift) | (long)value << ProvenanceShift;
    }

    /// <summary>A month's value that one submission set.</summary>
    /// <param name="digits">Up to <see cref="MaxDigits"/>, or as much below zero.</param>
    /// <param name="scale">Up to <see cref="MaxScale"/>.</param>
    public static CompactCell Of(long digits, int scale) => new(CellState.Value, digits, scale);

    public static CompactCell Of(Figures figures, FieldProvenance sources)
    {
        if (sources.HasSingleProvenance && sources.Fields == FigureFields.All && figures == default)
        {
            return default;
        }

        if (!sources.HasSingleProvenance || sources.Fields != FigureFields.Value || figures.HasRareFigures
            || figures.Value is not { } value)
        {
            return new CompactCell(CellState.Overflow);
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = (ulong)(uint)bits[1] << 32 | (uint)bits[0];
        return bits[2] == 0 && magnitude <= MaxDigits && value.Scale <= MaxScale
            ? Of(value < 0 ? -(long)magnitude : (long)magnitude, value.Scale) : new CompactCell(CellState.Overflow);
    }
}

internal enum CellState : byte
{
    /// <summary>Nothing was reported, or all figures of the indicator were withdrawn.</summary>
    Empty,

    /// <summary>Only the month's value, set by one submission.</summary>
    Value,

    Overflow,
}

/// <summary>A value that does not fit into a compact cell.</summary>
internal readonly record struct OverflowEntry(Figures Figures, FieldProvenance Sources);
