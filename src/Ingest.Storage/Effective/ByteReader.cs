using System.Buffers.Binary;

namespace XilinIngest.Storage;

/// <summary>Reads what <see cref="ByteWriter"/> wrote.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    // Of a decimal.
    private const int MaxScale = 28;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public byte ReadByte() => _bytes[_at++];

    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new DamagedDataException("A number in an effective-month row does not end.");
    }

    /// <summary>The number of items that follow, which is at most the number of bytes left.</summary>
    public int ReadCount()
    {
        var count = ReadVarint();
        return count <= (ulong)(_bytes.Length - _at) ? (int)count : throw new DamagedDataException("An effective-month row is cut short.");
    }

    public readonly void EnsureEnd()
    {
        if (_at != _bytes.Length)
        {
            throw new DamagedDataException("An effective-month row has bytes after its end.");
        }
    }

    public int ReadInt32()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(_bytes[_at..]);
        _at += 4;
        return value;
    }

    /// <summary>A decimal with its scale: 12.50 stays 12.50.</summary>
    public decimal ReadDecimal()
    {
        var head = ReadByte();
        if (head == ByteWriter.WideDecimal)
        {
            return new decimal([ReadInt32(), ReadInt32(), ReadInt32(), ReadInt32()]);
        }

        var digits = ReadVarint();
        return new decimal((int)(digits & uint.MaxValue), (int)(digits >> 32), 0, (head & 1) == 1, (byte)(head >> 1));
    }

    /// <summary>
    /// Reads a decimal of at most 63 bits as its digits, with their sign, and its scale. False, with nothing read: it is wider.
    /// </summary>
    public bool TryReadDigits(out long digits, out int scale)
    {
        var start = _at;
        var head = ReadByte();
        (digits, scale) = (0, head >> 1);
        var magnitude = head == ByteWriter.WideDecimal ? ulong.MaxValue : ReadVarint();
        if (magnitude > long.MaxValue)
        {
            _at = start;
            return false;
        }

        digits = (head & 1) == 1 ? -(long)magnitude : (long)magnitude;
        return scale <= MaxScale ? true : throw new DamagedDataException("A number in an effective-month row has too many decimals.");
    }

    public Guid ReadGuid()
    {
        var value = new Guid(_bytes.Slice(_at, 16), bigEndian: true);
        _at += 16;
        return value;
    }
}
