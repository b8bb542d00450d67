using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace XilinIngest.SignedNotes;

/// <summary>
/// What a witness is asked (<c>add-checkpoint</c> of c2sp.org/tlog-witness): to cosign a checkpoint, whose tree begins with the one that
/// the witness cosigned last.
/// </summary>
/// <param name="OldSize">The size of the tree that the witness cosigned last; 0: it cosigned none.</param>
/// <param name="Proof">The consistency proof from that size; empty from 0, and from a tree of the same size.</param>
/// <param name="Checkpoint">The checkpoint with the signature of its log.</param>
public sealed record WitnessRequest(long OldSize, IReadOnlyList<byte[]> Proof, SignedNote Checkpoint)
{
    /// <summary>The most hashes of a proof.</summary>
    public const int MaxProof = 63;

    /// <summary>The path below a witness's address.</summary>
    public const string Path = "add-checkpoint";

    /// <summary>The content type of an answer that tells the size that the witness cosigned last.</summary>
    public const string SizeContentType = "text/x.tlog.size";

    /// <summary>The largest request that is read.</summary>
    public const int MaxBytes = 128 * 1024;

    private const string Old = "old ";
    private const int HashLength = 32;

    /// <summary>The body of the request.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Old}{OldSize}\n{string.Concat(Proof.Select(hash => Convert.ToBase64String(hash) + "\n"))}\n{Checkpoint}");

    /// <summary>Reads the body of a request. Nothing says yet that the checkpoint is signed or the proof right.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out WitnessRequest? request)
    {
        request = null;
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (text.Length > MaxBytes || end < 0 || !SignedNote.TryParse(text[(end + 2)..], out var checkpoint)
            || text[..end].Split('\n') is not [var old, .. { Length: <= MaxProof } lines]
            || !old.StartsWith(Old, StringComparison.Ordinal) || TryParseSize(old[Old.Length..]) is not { } size)
        {
            return false;
        }

        var proof = new List<byte[]>(lines.Length);
        foreach (var line in lines)
        {
            if (StrictText.TryFromBase64(line) is not { Length: HashLength } hash)
            {
                return false;
            }

            proof.Add(hash);
        }

        request = new WitnessRequest(size, proof, checkpoint);
        return true;
    }

    /// <summary>Reads a size in decimal digits without leading zeros; null: it is none.</summary>
    public static long? TryParseSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        && size.ToString(CultureInfo.InvariantCulture) == text ? size : null;
}
