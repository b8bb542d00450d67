using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;
using XilinIngest.Submissions.Senders;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Observability;

namespace XilinIngest.Worker.Intake;

/// <summary>The intake for the queue and for HTTP: reads a body, checks its form, records it. A dry run records nothing.</summary>
internal sealed class SubmissionIntake(
    CatalogueSource catalogues, Ledgers ledgers, IntakeQuota quota, TimeProvider clock, LogThrottle throttle,
    ILogger<SubmissionIntake> logger)
{
    /// <summary>The largest body that is read.</summary>
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private const int MaxUnitsInMessage = 5;

    /// <summary>The receipts of a body's submissions, in the same order, when all are stored.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read, or it is too large.</exception>
    /// <exception cref="SenderNotAuthorisedException">A part of it is for units that the sender may not submit for. Nothing is
    /// recorded.</exception>
    /// <exception cref="QuotaExceededException">The sender has used up its quota of this hour.</exception>
    public async Task<(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack)> AcceptAsync(
        ReadOnlyMemory<byte> body, SenderIdentity sender, CancellationToken cancellationToken)
    {
        var (submissions, isPack) = Prepare(body, sender);
        return (await AppendAsync(submissions, sender, cancellationToken), isPack);
    }

    /// <summary>Records submissions that were read and checked: the receipts, in the same order, when all are stored.</summary>
    internal async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(
        IReadOnlyList<Submission> submissions, SenderIdentity sender, CancellationToken cancellationToken)
    {
        var receipts = await ledgers.AppendAsync(submissions, sender.Name, cancellationToken);
        quota.Add(sender, submissions, receipts);
        return receipts;
    }

    /// <summary>The submissions of a body, read and checked, as they are to be recorded.</summary>
    /// <inheritdoc cref="AcceptAsync"/>
    internal (IReadOnlyList<Submission> Submissions, bool IsPack) Prepare(ReadOnlyMemory<byte> body, SenderIdentity sender)
    {
        if (quota.IsExhausted(sender) && sender.RejectsImmediately)
        {
            throw new QuotaExceededException(quota.BytesPerHour, quota.TimeUntilReset);
        }

        var submissions = Read(body, sender);
        LedgerTelemetry.RecordRead(submissions.All.Count);
        return (quota.IsExhausted(sender) ? WithholdAll(submissions.All, sender) : submissions.All, submissions.IsPack);
    }

    /// <summary>The findings and verdicts that <see cref="AcceptAsync"/> would produce now. Nothing is recorded.</summary>
    /// <exception cref="UnreadableBodyException">The body cannot be read, or it is too large.</exception>
    /// <exception cref="SenderNotAuthorisedException">A part of it is for units that the sender may not submit for.</exception>
    public (IReadOnlyList<SubmissionCheck> Checks, bool IsPack) DryRun(ReadOnlyMemory<byte> body, SenderIdentity sender)
    {
        var submissions = Read(body, sender);
        return (ledgers.DryRun(submissions.All), submissions.IsPack);
    }

    // Over the bus the receipt names the refusal. Beyond the allowance for such receipts, the message becomes a dead letter.
    private IReadOnlyList<Submission> WithholdAll(IReadOnlyList<Submission> submissions, SenderIdentity sender)
    {
        var minutes = (int)Math.Ceiling(quota.TimeUntilReset.TotalMinutes);
        if (quota.IsRefusalAllowanceExhausted(sender))
        {
            throw new UnreadableBodyException($"{sender.Name} 一小时内报送的内容远超 {quota.BytesPerHour} 字节，不再逐份答复。请检查其报送程序，{minutes} 分钟后可重新放行。",
                $"{sender.Name} has sent far more than {quota.BytesPerHour} bytes within the hour, so its submissions no longer get "
                + $"receipts. Check its program; the dead letters can be forwarded in {minutes} min.");
        }

        if (throttle.TryEnter($"{sender.Name} quota") is { } suppressed)
        {
            logger.LogWarning(
                "{Sender} has stored its {Bytes} bytes for this hour; {Count} submissions were refused. ({Suppressed} similar lines "
                + "suppressed.)",
                sender.Name, quota.BytesPerHour, submissions.Count, suppressed);
        }

        var why = BuiltInFindings.QuotaUsedUp(quota.BytesPerHour, minutes);
        return [.. submissions.Select(submission => sender.CreateWithheld(submission, why))];
    }

    private SubmissionBatch Read(ReadOnlyMemory<byte> body, SenderIdentity sender)
    {
        if (body.Length > MaxBodyBytes)
        {
            throw new UnreadableBodyException($"正文有 {body.Length} 字节，超过 {MaxBodyBytes} 字节。请分几次报送。",
                $"The body has {body.Length} bytes, more than {MaxBodyBytes}. Send it in several parts.");
        }

        var catalogue = catalogues.Current;
        var submissions = SubmissionReader.Read(body, catalogue);
        var now = clock.GetUtcNow();
        var others = new List<Submission>();
        foreach (var submission in submissions.All)
        {
            FormChecks.Check(submission, catalogue, now);
            if (!sender.Authorize(submission, catalogue))
            {
                others.Add(submission);
            }

            submission.CheckedWith = catalogue;
            submission.FindingByteLimit = FindingBudget.BytesFor(submission.Body.Length, body.Length, submissions.All.Count);
        }

        if (others.Count > 0 && ListUnits(others, "an unknown unit") is var units
            && throttle.TryEnter($"{sender.Name} not for {units}") is { } suppressed)
        {
            logger.LogWarning("{Sender} may not submit for {Units}: {Count} of {All} refused. ({Suppressed} similar lines suppressed.)",
                sender.IsNamed ? sender.Name : "An unnamed sender", units, others.Count, submissions.All.Count, suppressed);
        }

        return others.Count == 0 || !sender.RejectsImmediately
            ? submissions : throw new SenderNotAuthorisedException(ListUnits(others, null), MissingRight(others[0]));
    }

    // Null: the right to another unit.
    private static Rights? MissingRight(Submission submission) =>
        submission.MonthRequest is not null ? Rights.Close : submission.ReviewRequest is not null ? Rights.Review : null;

    // The text of an unknown unit is shown to its sender and kept out of the log.
    private static string ListUnits(List<Submission> others, string? unknown) =>
        string.Join(", ",
            others.Select(submission => submission.Unit?.Code.Value ?? unknown ?? submission.UnitText).Distinct().Take(MaxUnitsInMessage));
}
