using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Senders;

/// <summary>The sender of a submission, as the transport has checked it. The sender that the submission names proves nothing.</summary>
public sealed record SenderIdentity
{
    /// <summary>The sender inside one process, where only the process itself can send.</summary>
    public static readonly SenderIdentity Local = new() { Name = "local", IsTrusted = true };

    /// <summary>The sender over HTTP without a configured sign-in. HTTP then listens only on this machine.</summary>
    public static readonly SenderIdentity Http = new() { Name = "http", IsTrusted = true };

    /// <summary>An office on a broker: it submits for the unit whose code is its name, and for the units below.</summary>
    /// <param name="name">The office's code; empty if the message named no user.</param>
    public static SenderIdentity OfOffice(string name) => new() { Name = name, Units = [name], ActsForUnits = true };

    /// <summary>
    /// An account that has signed in over HTTP. It gets an immediate rejection in place of a receipt if a right is missing.
    /// </summary>
    /// <param name="name">The account's name.</param>
    /// <param name="isTrusted">May submit for every unit.</param>
    /// <param name="units">The units that it enters figures for.</param>
    /// <param name="mayClose">May close and reopen months.</param>
    /// <param name="reviews">The units for which it reviews; empty: all; null: it may not review.</param>
    public static SenderIdentity OfAccount(
        string name, bool isTrusted, IReadOnlyList<string> units, bool mayClose, IReadOnlyList<string>? reviews = null) =>
        new() { Name = name, IsTrusted = isTrusted, Units = units, MayClose = mayClose, Reviews = reviews, RejectsImmediately = true };

    /// <summary>The name in the ledger; empty if the message named no user.</summary>
    public required string Name { get; init; }

    public bool IsNamed => Name.Length > 0;

    /// <summary>May submit for every unit.</summary>
    public bool IsTrusted { get; private init; }

    private bool MayClose { get; init; }

    private IReadOnlyList<string>? Reviews { get; init; }

    // An office of the broker has no rights but its name: that of the root closes months, that of a reviewing unit reviews.
    private bool ActsForUnits { get; init; }

    /// <summary>The codes of the units whose figures it sends; those below them are included.</summary>
    private IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Whether a submission without the right is rejected immediately, in place of a receipt.</summary>
    public bool RejectsImmediately { get; private init; }

    /// <summary>
    /// Adds a finding if the sender may not submit for the unit, or not close the month or review the report. Such a submission gets an id
    /// derived from sender and body, so that it cannot take an office's id and is never answered with an office's receipt.
    /// </summary>
    /// <returns>Whether the sender may submit it.</returns>
    public bool Authorize(Submission submission, Catalogue catalogue)
    {
        submission.Sender = this;
        if (IsTrusted || IsAuthorised(submission, catalogue))
        {
            return true;
        }

        submission.AssignedId = IdFor(submission.Body.Span);
        if (!IsNamed)
        {
            submission.Findings.Insert(0, BuiltInFindings.SenderMissing());
        }
        else if (submission.MonthRequest is not null)
        {
            submission.Findings.Insert(0, BuiltInFindings.CloseNotAuthorised(Name));
        }
        else if (submission.ReviewRequest is not null)
        {
            submission.Findings.Insert(0, BuiltInFindings.ReviewNotAuthorised(Name));
        }
        else if (submission is { Unit: { } unit, Period: { } period })
        {
            submission.Findings.Insert(0, BuiltInFindings.SenderNotAuthorised(Name, unit, period));
        }

        return false;
    }

    private bool IsAuthorised(Submission submission, Catalogue catalogue) => submission switch
    {
        { MonthRequest: not null } => MayClose || (ActsForUnits && Covers(Units, submission.Unit, submission.Period, catalogue)),
        { ReviewRequest: not null } => Reviews is { Count: 0 } || IsReviewer(ActsForUnits ? Units : Reviews ?? [], submission, catalogue),
        _ => Covers(Units, submission.Unit, submission.Period, catalogue),
    };

    // Of a report that is not reviewed, those above the unit learn that it is not.
    private static bool IsReviewer(IReadOnlyList<string> units, Submission submission, Catalogue catalogue) =>
        submission is { Unit: { } unit, Period: { } period }
        && (catalogue.ReviewerOf(unit, period) ?? catalogue.Units.ParentOf(unit, period)) is { } reviewer
        && Covers(units, reviewer, period, catalogue);

    private static bool Covers(IReadOnlyList<string> units, Unit? unit, Period? period, Catalogue catalogue) =>
        SubmitRight.Covers(units, unit, period, catalogue.Units);

    /// <summary>
    /// Replaces a submission that exceeds the hourly quota: its row keeps a hash of the body alone, so that the same submission can be
    /// sent again later.
    /// </summary>
    public Submission CreateWithheld(Submission submission, Finding why)
    {
        var withheld = new Submission
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    withheld = new
                    {
                        bytes = submission.Body.Length,
                        sha256 = Convert.ToHexStringLower(SHA256.HashData(submission.Body.Span))
                    }
                }),
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
