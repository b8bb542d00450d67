using System.Runtime.InteropServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// A cell of twelve bytes, which are not padded to sixteen: there are ten million cells. A decimal alone would take sixteen.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct CompactCell
{
    private long _digits;
    public ushort ProvenanceIndex;
    private byte _scale;
    public CellState State;

    public readonly decimal Value =>
        new((int)Magnitude, (int)(Magnitude >> 32), 0, _digits < 0, _scale);

    private readonly ulong Magnitude => (ulong)Math.Abs(_digits);

    public static CompactCell Of(Figures figures, FieldProvenance sources)
    {
        if (sources.HasSingleProvenance && sources.Fields == FigureFields.All && figures == default)
        {
            return default;
        }

        if (!sources.HasSingleProvenance || sources.Fields != FigureFields.Value || figures.HasRareFigures
            || figures.Value is not { } value)
        {
            return new CompactCell { State = CellState.Overflow };
        }

        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        if (bits[2] != 0 || bits[1] < 0)
        {
            return new CompactCell { State = CellState.Overflow };
        }

        var magnitude = (long)bits[1] << 32 | (uint)bits[0];
        return new CompactCell { _digits = value < 0 ? -magnitude : magnitude, _scale = value.Scale, State = CellState.Value };
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
