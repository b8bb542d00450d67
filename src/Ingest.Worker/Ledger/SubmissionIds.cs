using System.Security.Cryptography;
using XilinIngest.Submissions;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ids of ledger rows.</summary>
internal static class SubmissionIds
{
    /// <summary>The id that a submission asks for: its own, or one that is derived from its content.</summary>
    public static Guid Of(Submission submission) =>
        submission.AssignedId ?? (submission.Id == Guid.Empty ? OfContent(submission.Body.Span) : submission.Id);

    // A submission without an id, or with the id of another one, is identified by its content. A resend then has the same id.
    public static Guid OfContent(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[MerkleHash.Size];
        SHA256.HashData(body, hash);
        return new Guid(hash[..16], bigEndian: true);
    }
}
