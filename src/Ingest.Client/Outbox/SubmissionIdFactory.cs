using System.Security.Cryptography;
using System.Text;

namespace XilinIngest.Client.Outbox;

/// <summary>Derives a submission's id from its content (RFC 9562, version 5). The same content has the same id on every machine.</summary>
internal static class SubmissionIdFactory
{
    // A random namespace of this program.
    private static readonly Guid Namespace = new("6f7d8a52-3c0e-4b7b-9a51-2f6f0d1c84e3");

    /// <param name="unit">The unit.</param>
    /// <param name="period">The month.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="attempt">How often this content was refused before.</param>
    /// <param name="content">The submission without the id.</param>
    public static Guid Create(string unit, string period, int revision, int attempt, ReadOnlySpan<byte> content)
    {
        var name = new List<byte>(Namespace.ToByteArray(bigEndian: true));
        name.AddRange(Encoding.UTF8.GetBytes($"{unit}\n{period}\n{revision}\n{attempt}\n"));
        name.AddRange(content);
#pragma warning disable CA5350 // What version 5 is defined with: a name is made, nothing is protected.
        var hash = SHA1.HashData(name.ToArray()).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
