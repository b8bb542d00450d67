using System.Security.Cryptography;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Witnessing;

/// <summary>
/// Cosigns checkpoints of logs that only grow (c2sp.org/tlog-witness). It answers one request after the other, and what it cosigned is on
/// the disk before the answer.
/// </summary>
internal sealed class Witness
{
    private readonly Lock _lock = new();
    private readonly WitnessFolder _folder;
    private readonly WitnessedLogs _logs;
    private readonly TimeProvider _clock;
    private readonly NoteSigner _key;
    private readonly Dictionary<string, SignedNote> _cosigned;

    /// <exception cref="CommandException">The folder cannot be used.</exception>
    public Witness(WitnessFolder folder, string? name, WitnessedLogs logs, TimeProvider clock)
    {
        (_folder, _logs, _clock) = (folder, logs, clock);
        (_key, var cosigned) = folder.Load(name);
        _cosigned = new(cosigned, StringComparer.Ordinal);
    }

    /// <summary>Its public key.</summary>
    public NoteVerifier Key => _key.Verifier;

    /// <summary>The logs that it cosigns, each with the newest checkpoint that it cosigned; null: none yet.</summary>
    public IReadOnlyList<(NoteVerifier Log, SignedNote? Cosigned)> Logs
    {
        get
        {
            lock (_lock)
            {
                return [.. _logs.Keys.Select(log => (log, _cosigned.GetValueOrDefault(log.Name)))];
            }
        }
    }

    /// <summary>Answers a request.</summary>
    /// <exception cref="IOException">What it would cosign cannot be written: it cosigns nothing.</exception>
    public WitnessAnswer Answer(string body)
    {
        if (!WitnessRequest.TryParse(body, out var request) || !CheckpointText.TryParse(request.Checkpoint.Text, out var checkpoint))
        {
            return new(WitnessVerdict.Malformed);
        }

        if (_logs.Find(checkpoint.Origin) is not { } log)
        {
            return new(WitnessVerdict.UnknownLog);
        }

        if (!request.Checkpoint.Verify([log]).IsTrusted)
        {
            return new(WitnessVerdict.NotSigned);
        }

        if (request.OldSize > checkpoint.Size)
        {
            return new(WitnessVerdict.Malformed);
        }

        lock (_lock)
        {
            return Decide(request, checkpoint);
        }
    }

    private WitnessAnswer Decide(WitnessRequest request, CheckpointText checkpoint)
    {
        var before = _cosigned.GetValueOrDefault(checkpoint.Origin);
        var (size, root) = before is not null && CheckpointText.TryParse(before.Text, out var known)
            ? (known.Size, known.Root.ToArray()) : (0, SHA256.HashData([]));
        if (request.OldSize != size)
        {
            return new(WitnessVerdict.OtherSize) { Size = size };
        }

        if (checkpoint.Size == size && !checkpoint.Root.SequenceEqual(root))
        {
            return new(WitnessVerdict.OtherRoot)
            {
                Size = size,
                Log = checkpoint.Origin,
                Evidence = before is null ? null : _folder.KeepContradiction(before, request.Checkpoint),
            };
        }

        if (!IsConsistent(size, root, checkpoint, request.Proof))
        {
            return new(WitnessVerdict.Inconsistent) { Size = size, Log = checkpoint.Origin };
        }

        var cosignature = _key.Cosign(request.Checkpoint.Text, _clock.GetUtcNow());
        var log = request.Checkpoint.Verify([_logs.Find(checkpoint.Origin)!]).Valid[0].Signature;
        var cosigned = SignedNote.Create(request.Checkpoint.Text, [log, cosignature]);
        _folder.Save(Key, _cosigned.Where(each => each.Key != checkpoint.Origin).Select(each => each.Value).Append(cosigned));
        _cosigned[checkpoint.Origin] = cosigned;
        return new(WitnessVerdict.Cosigned) { Size = checkpoint.Size, Log = checkpoint.Origin, Cosignature = cosignature };
    }

    private static bool IsConsistent(long size, byte[] root, CheckpointText checkpoint, IReadOnlyList<byte[]> proof) =>
        size == 0 || size == checkpoint.Size
            ? proof.Count == 0
            : MerkleProofCheck.IsConsistent(size, checkpoint.Size, root, checkpoint.Root.ToArray(), proof);
}

/// <summary>What a witness does with a request (c2sp.org/tlog-witness).</summary>
internal enum WitnessVerdict
{
    Cosigned,
    Malformed,
    UnknownLog,
    NotSigned,

    /// <summary>The request goes on from another size than the one that was cosigned last.</summary>
    OtherSize,

    /// <summary>The log signed two trees of one size. The answer is that of <see cref="OtherSize"/>.</summary>
    OtherRoot,

    /// <summary>The proof does not verify.</summary>
    Inconsistent,
}

/// <summary>The answer of a witness.</summary>
/// <param name="Verdict">What it does.</param>
internal sealed record WitnessAnswer(WitnessVerdict Verdict)
{
    /// <summary>The size that it cosigned last.</summary>
    public long Size { get; init; }

    /// <summary>The log, if the log signed what was sent.</summary>
    public string? Log { get; init; }

    /// <summary>The cosignature; null: it refuses.</summary>
    public NoteSignature? Cosignature { get; init; }

    /// <summary>The file with two checkpoints that contradict each other; null: there is none.</summary>
    public string? Evidence { get; init; }
}
