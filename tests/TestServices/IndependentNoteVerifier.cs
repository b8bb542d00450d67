using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace XilinIngest.TestServices;

/// <summary>Checkpoints as an outsider verifies them, by the texts of C2SP and without a line of the services' code.</summary>
internal static class IndependentNoteVerifier
{
    /// <summary>The note of a checkpoint that an API gives in parts.</summary>
    public static string NoteOf(JsonNode checkpoint) =>
        $"{(string?)checkpoint["origin"]}\n{(long)checkpoint["treeSize"]!}\n"
        + $"{Convert.ToBase64String(Convert.FromHexString((string)checkpoint["root"]!))}\n\n"
        + string.Concat(checkpoint["signatures"]!.AsArray().Select(line => $"{(string?)line}\n"));

    /// <summary>The time that the key of times signed; null: it, or the log's key, did not sign the note.</summary>
    /// <param name="note">The note.</param>
    /// <param name="keys">A key on each line.</param>
    public static DateTimeOffset? TimeOf(string note, string keys)
    {
        var text = note[..(note.LastIndexOf("\n\n", StringComparison.Ordinal) + 1)];
        var lines = note[(text.Length + 1)..].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var verified = new Dictionary<byte, ulong>();
        foreach (var key in keys.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('+', 3)))
        {
            var (name, bytes) = (key[0], Convert.FromBase64String(key[2]));
            var id = SHA256.HashData([.. Encoding.UTF8.GetBytes(name + "\n"), .. bytes])[..4];
            Assert.Equal(key[1], Convert.ToHexStringLower(id));
            foreach (var signature in lines.Select(line => line.Split(' ')).Where(line => line[1] == name)
                .Select(line => Convert.FromBase64String(line[2])).Where(signature => signature.AsSpan(0, 4).SequenceEqual(id)))
            {
                var seconds = bytes[0] == 4 ? BinaryPrimitives.ReadUInt64BigEndian(signature.AsSpan(4)) : 0;
                var said = Encoding.UTF8.GetBytes(bytes[0] == 4 ? $"cosignature/v1\ntime {seconds}\n{text}" : text);
                if (Ed25519.Verify(signature[^64..], 0, bytes[1..], 0, said, 0, said.Length))
                {
                    verified[bytes[0]] = seconds;
                }
            }
        }

        return verified.ContainsKey(1) && verified.TryGetValue(4, out var time) && note.StartsWith(
            keys.Split('+')[0] + "\n", StringComparison.Ordinal) ? DateTimeOffset.FromUnixTimeSeconds((long)time) : null;
    }
}
