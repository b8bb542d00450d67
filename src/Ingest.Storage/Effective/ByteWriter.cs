using System.Buffers.Binary;

namespace XilinIngest.Storage;

/// <summary>Writes numbers in few bytes into a buffer that is large enough. Read by <see cref="ByteReader"/>.</summary>
internal ref struct ByteWriter(byte[] buffer)
{
    /// <summary>The first byte of a decimal that is written as its four words.</summary>
    internal const byte WideDecimal = 0x80;

    private int _length;

    public void WriteByte(byte value) => buffer[_length++] = value;

    public void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    public void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(_length), value);
        _length += 4;
    }

    public void WriteGuid(Guid value)
    {
        value.TryWriteBytes(buffer.AsSpan(_length), bigEndian: true, out _);
        _length += 16;
    }

    /// <summary>Writes a decimal as its scale and digits, or as its four words if the digits have more than 63 bits.</summary>
    public void WriteDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = value.Scale;
        if (bits[2] == 0 && bits[1] >= 0)
        {
            WriteByte((byte)(scale << 1 | (value < 0 ? 1 : 0)));
            WriteVarint((ulong)(uint)bits[1] << 32 | (uint)bits[0]);
            return;
        }

        WriteByte(WideDecimal);
        foreach (var word in bits)
        {
            WriteInt32(word);
        }
    }

    public readonly byte[] ToArray() => buffer[.._length];
}
