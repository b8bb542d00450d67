using System.Text;

namespace XilinIngest.Release.Tests.Made;

/// <summary>The files that a single-file program carries: the manifest that .NET's host reads when it starts.</summary>
internal static class SingleFileBundle
{
    // By which the host finds the offset of the manifest, which stands before it.
    private static readonly byte[] Signature =
        Convert.FromHexString("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae");

    public static IReadOnlyList<string> Read(byte[] program)
    {
        var at = program.AsSpan().IndexOf(Signature);
        Assert.True(at > 8, "The file is no single-file program.");
        using var reader = new BinaryReader(new MemoryStream(program), Encoding.UTF8);
        reader.BaseStream.Position = BitConverter.ToInt64(program, at - sizeof(long));
        var (version, _, count, _) = (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadInt32(), reader.ReadString());
        Assert.Equal(6u, version);

        // Where the dependencies and the runtime's settings lie, and flags.
        reader.BaseStream.Position += 5 * sizeof(long);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            // Offset, size, compressed size and kind.
            reader.BaseStream.Position += (3 * sizeof(long)) + 1;
            return reader.ReadString();
        })];
    }
}
