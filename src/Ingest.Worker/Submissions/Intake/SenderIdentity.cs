using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Worker.Submissions.Checking;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>Who sent a submission, as the transport vouches for it: what is written in the submission proves nothing.</summary>
internal sealed partial record SenderIdentity
{
    /// <summary>Inside one process no one else can send.</summary>
    public static readonly SenderIdentity Local = new() { Name = "local", IsTrusted = true };

    /// <summary>Over HTTP where no sign-in is set up, which listens on this machine alone then.</summary>
    public static readonly SenderIdentity Http = new() { Name = "http", IsTrusted = true };

    /// <summary>As the ledger keeps it; empty where the message named no one.</summary>
    public required string Name { get; init; }

    public bool IsNamed => Name.Length > 0;

    /// <summary>May submit for every unit.</summary>
    public bool IsTrusted { get; private init; }

    /// <summary>Whose figures it sends; null: those of the office that it is called after.</summary>
    private IReadOnlyList<string>? Units { get; init; }

    /// <summary>Whether it hears at once, in place of a receipt, that it may not send something.</summary>
    public bool RejectsImmediately { get; private init; }

    /// <summary>Whether an office may submit for a unit: for its own, and for those below it in the month reported.</summary>
    /// <param name="sender">The office's code.</param>
    /// <param name="unit">The unit named; null: no one knows it.</param>
    /// <param name="period">The month reported; null: malformed.</param>
    /// <param name="tree">The tree of units.</param>
    public static bool MaySubmitFor(string sender, Unit? unit, Period? period, UnitTree tree) => unit is not null
        && tree.SelfAndAncestorCodes(unit, period).Contains(sender);

    /// <summary>
    /// Adds what stands in a submission's way, and gives one whose sender may not send it, or of which that cannot be said, an id
    /// of its own: it cannot take an office's id, nor be answered with an office's receipt.
    /// </summary>
    /// <returns>Whether the sender may send it.</returns>
    public bool Authorize(Submission submission, UnitTree tree)
    {
        submission.Sender = this;
        if (IsTrusted || (Units ?? [Name]).Any(unit => MaySubmitFor(unit, submission.Unit, submission.Period, tree)))
        {
            return true;
        }

        submission.AssignedId = IdFor(submission.Body.Span);
        if (!IsNamed)
        {
            submission.Findings.Insert(0, BuiltInFindings.SenderMissing());
        }
        else if (submission is { Unit: { } unit, Period: { } period })
        {
            submission.Findings.Insert(0, BuiltInFindings.SenderNotAuthorised(Name, unit, period));
        }

        return false;
    }

    /// <summary>In place of a submission that is too much for this hour: a row of its own that keeps a hash of the body, so that the same one can be sent again later.</summary>
    public Submission CreateWithheld(Submission submission, Finding why)
    {
        var withheld = new Submission
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(new { withheld = new { bytes = submission.Body.Length, sha256 = Convert.ToHexStringLower(SHA256.HashData(submission.Body.Span)) } }),
            Id = submission.Id,
            AssignedId = IdFor(submission.Body.Span),
            Sender = this,
            UnitText = submission.UnitText,
            PeriodText = submission.PeriodText,
            Unit = submission.Unit,
            Period = submission.Period,
            Revision = submission.Revision,
        };
        withheld.Findings.Add(why);
        return withheld;
    }

    private Guid IdFor(ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"xilin-sender-1\n{Name}\n"));
        hash.AppendData(body);
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }
}
