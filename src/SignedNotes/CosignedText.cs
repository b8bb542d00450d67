using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace XilinIngest.SignedNotes;

/// <summary>The timestamped cosignatures of c2sp.org/tlog-cosignature: eight bytes of time, then Ed25519 over time and text.</summary>
internal static class CosignedText
{
    public const int TimeLength = 8;
    private static readonly long LastSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static byte[] Encode(long seconds, string text) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    /// <summary>The time that a signature begins with; null: it is none, or after the year 9999.</summary>
    public static DateTimeOffset? ReadTime(ReadOnlySpan<byte> signature) =>
        BinaryPrimitives.TryReadUInt64BigEndian(signature, out var seconds) && seconds <= (ulong)LastSecond
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
