namespace XilinIngest.SignedNotes;

/// <summary>A log that a policy names.</summary>
/// <param name="Key">Its key, named as the log.</param>
/// <param name="Address">Where it is; null: not said.</param>
public sealed record PolicyLog(NoteVerifier Key, string? Address);

/// <summary>A witness that a policy names.</summary>
/// <param name="Name">Its name within the policy.</param>
/// <param name="Key">The key of its cosignatures.</param>
/// <param name="Address">The address before <c>/add-checkpoint</c>; null: not said.</param>
public sealed record PolicyWitness(string Name, NoteVerifier Key, string? Address);

/// <summary>What a policy says of a checkpoint.</summary>
/// <param name="IsMet">Whether a log of the policy signed it, and witnesses cosigned it as the quorum demands.</param>
/// <param name="IsOfLog">Whether a log of the policy signed it; true also if the policy names no log.</param>
/// <param name="Cosigned">The witnesses that cosigned it, with the time of each.</param>
/// <param name="Forged">A line in the name of a known key that this key did not make; null: there is none.</param>
public sealed record PolicyResult(
    bool IsMet, bool IsOfLog, IReadOnlyList<(PolicyWitness Witness, DateTimeOffset Time)> Cosigned, NoteSignature? Forged);

/// <summary>
/// Which checkpoints are believed (c2sp.org/tlog-policy): logs, witnesses, and the quorum of witnesses whose cosignatures it takes.
/// </summary>
public sealed class TrustPolicy
{
    private readonly PolicyMember? _quorum;

    /// <param name="logs">The logs; none: the log is known from elsewhere.</param>
    /// <param name="witnesses">The witnesses.</param>
    /// <param name="quorum">Who has to cosign; null: nobody.</param>
    internal TrustPolicy(IReadOnlyList<PolicyLog> logs, IReadOnlyList<PolicyWitness> witnesses, PolicyMember? quorum) =>
        (Logs, Witnesses, _quorum) = (logs, witnesses, quorum);

    /// <summary>The logs; none: the log is known from elsewhere.</summary>
    public IReadOnlyList<PolicyLog> Logs { get; }

    /// <summary>The witnesses in the order of the file.</summary>
    public IReadOnlyList<PolicyWitness> Witnesses { get; }

    /// <summary>Whether the witnesses that cosigned a checkpoint are enough.</summary>
    /// <param name="cosigned">Whether a witness cosigned it.</param>
    public bool IsQuorum(Func<PolicyWitness, bool> cosigned) => _quorum?.IsMet(cosigned) ?? true;

    /// <summary>Verifies a checkpoint.</summary>
    public PolicyResult Check(SignedNote checkpoint)
    {
        var isCheckpoint = CheckpointText.TryParse(checkpoint.Text, out var text);
        var logs = Logs.Select(log => log.Key).Where(key => key.Name == text?.Origin).ToList();
        var signed = checkpoint.Verify(logs.Concat(Witnesses.Select(witness => witness.Key)));
        var isOfLog = isCheckpoint && (Logs.Count == 0 || signed.Valid.Any(signature => logs.Contains(signature.Key)));
        var cosigned = Witnesses
            .Select(witness => (Witness: witness, signed.Valid.FirstOrDefault(signature => signature.Key.Equals(witness.Key))?.Time))
            .Where(each => each.Time is not null).Select(each => (each.Witness, each.Time!.Value)).ToList();
        var isMet = isOfLog && signed.Forged is null && IsQuorum(witness => cosigned.Exists(each => each.Witness == witness));
        return new PolicyResult(isMet, isOfLog, cosigned, signed.Forged);
    }
}

/// <summary>A witness or a group of a policy.</summary>
internal abstract record PolicyMember
{
    /// <summary>Whether it has seen a checkpoint.</summary>
    public abstract bool IsMet(Func<PolicyWitness, bool> cosigned);
}

/// <summary>One witness.</summary>
internal sealed record PolicyWitnessMember(PolicyWitness Witness) : PolicyMember
{
    public override bool IsMet(Func<PolicyWitness, bool> cosigned) => cosigned(Witness);
}

/// <summary>A number of members.</summary>
internal sealed record PolicyGroup(int Threshold, IReadOnlyList<PolicyMember> Members) : PolicyMember
{
    public override bool IsMet(Func<PolicyWitness, bool> cosigned) => Members.Count(member => member.IsMet(cosigned)) >= Threshold;
}
