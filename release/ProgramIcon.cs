using System.Buffers.Binary;

namespace XilinIngest.Release;

/// <summary>The icon of the programs for Windows: bars of a ranking on blue, drawn here since the repository has no binary.</summary>
internal static class ProgramIcon
{
    private const int HeaderLength = 6;
    private const int EntryLength = 16;
    private const int BitmapHeaderLength = 40;
    private const int BytesPerPixel = 4;
    private const uint Blue = 0xFF1F4E8C;
    private const uint White = 0xFFFFFFFF;

    private static readonly int[] Sizes = [16, 32, 48];

    // Left, top and right of each bar, in sixteenths of the icon; they stand on one line.
    private static readonly (int Left, int Top, int Right)[] Bars = [(3, 9, 6), (7, 6, 10), (11, 3, 14)];
    private const int Ground = 13;

    public static byte[] Draw()
    {
        byte[][] pictures = [.. Sizes.Select(Picture)];
        var file = new byte[HeaderLength + EntryLength * pictures.Length];
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(2), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(4), (short)pictures.Length);
        var offset = file.Length;
        for (var i = 0; i < pictures.Length; i++)
        {
            var entry = file.AsSpan(HeaderLength + EntryLength * i);
            (entry[0], entry[1]) = ((byte)Sizes[i], (byte)Sizes[i]);
            BinaryPrimitives.WriteInt16LittleEndian(entry[4..], 1);
            BinaryPrimitives.WriteInt16LittleEndian(entry[6..], BytesPerPixel * 8);
            BinaryPrimitives.WriteInt32LittleEndian(entry[8..], pictures[i].Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[12..], offset);
            offset += pictures[i].Length;
        }

        return [.. file, .. pictures.SelectMany(picture => picture)];
    }

    // A bitmap from the bottom row upwards, and an empty mask: each pixel has its own opacity.
    private static byte[] Picture(int size)
    {
        var maskLength = (size + 31) / 32 * 4 * size;
        var picture = new byte[BitmapHeaderLength + size * size * BytesPerPixel + maskLength];
        BinaryPrimitives.WriteInt32LittleEndian(picture, BitmapHeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(4), size);
        BinaryPrimitives.WriteInt32LittleEndian(picture.AsSpan(8), size * 2);
        BinaryPrimitives.WriteInt16LittleEndian(picture.AsSpan(12), 1);
        BinaryPrimitives.WriteInt16LittleEndian(picture.AsSpan(14), BytesPerPixel * 8);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var colour = IsBar(x * 16 / size, y * 16 / size) ? White : Blue;
                var at = BitmapHeaderLength + ((size - 1 - y) * size + x) * BytesPerPixel;
                BinaryPrimitives.WriteUInt32LittleEndian(picture.AsSpan(at), colour);
            }
        }

        return picture;
    }

    private static bool IsBar(int x, int y) => y < Ground && Bars.Any(bar => x >= bar.Left && x < bar.Right && y >= bar.Top);
}
