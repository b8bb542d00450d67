using System.Buffers.Binary;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>A picture that the browser has saved.</summary>
internal static class Png
{
    public static (int Width, int Height) SizeOf(byte[] file)
    {
        Assert.Equal("PNG"u8.ToArray(), file[1..4]);
        return (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
    }
}
