using System.Collections.Concurrent;
using XilinIngest.Contracts;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Senders;

namespace XilinIngest.Worker.Intake;

/// <summary>The quota of one office in an hour.</summary>
public sealed record IntakeOptions
{
    /// <summary>
    /// Bytes of bodies and findings for each office and worker. The five thousand submissions of a sub-district's month are a third of it.
    /// </summary>
    public long BytesPerHour { get; init; } = 64 * 1024 * 1024;
}

/// <summary>
/// Counts what is stored for each office in the hour of the clock, so that one office cannot fill the disk. Each worker counts by itself,
/// from its start: the quota limits a faulty program and is not exact.
/// </summary>
internal sealed class IntakeQuota(IntakeOptions options, TimeProvider clock)
{
    // Added to body and findings: the row's other columns, its hashes and its signature.
    private const int BytesPerRow = 1024;

    // A submission refused for the quota leaves a short row for its receipt. Such rows are stored up to this multiple of the quota.
    private const double RefusalAllowance = 1.25;

    private readonly ConcurrentDictionary<(string Office, long Hour), long> _stored = [];
    private long _newestHour;

    public long BytesPerHour => options.BytesPerHour;

    public TimeSpan TimeUntilReset => TimeSpan.FromHours(Hour + 1) - (clock.GetUtcNow() - DateTimeOffset.UnixEpoch);

    private long Hour => (long)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalHours;

    public bool IsExhausted(SenderIdentity sender) => StoredBytes(sender) >= options.BytesPerHour;

    /// <summary>Whether the allowance for refusals is used up too.</summary>
    public bool IsRefusalAllowanceExhausted(SenderIdentity sender) => StoredBytes(sender) >= RefusalAllowance * options.BytesPerHour;

    public void Add(SenderIdentity sender, IReadOnlyList<Submission> submissions, IReadOnlyList<SubmissionReceipt> receipts)
    {
        if (sender.IsTrusted)
        {
            return;
        }

        var hour = Hour;
        var bytes = submissions.Sum(submission => (long)submission.Body.Length + BytesPerRow)
            + receipts.Sum(receipt => ReceiptJson.LengthOf(receipt.Findings));
        _stored.AddOrUpdate((sender.Name, hour), static (_, added) => added, static (_, before, added) => before + added, bytes);
        if (Interlocked.Exchange(ref _newestHour, hour) != hour)
        {
            RemoveBefore(hour);
        }
    }

    // Once in an hour, because a list of all offices costs more than a submission.
    private void RemoveBefore(long hour)
    {
        foreach (var past in _stored.Keys.Where(key => key.Hour < hour))
        {
            _stored.TryRemove(past, out _);
        }
    }

    private long StoredBytes(SenderIdentity sender) => sender.IsTrusted ? 0 : _stored.GetValueOrDefault((sender.Name, Hour));
}

/// <summary>An office has used up its quota of this hour. Nothing is recorded, and the office is informed at once.</summary>
internal sealed class QuotaExceededException(long bytesPerHour, TimeSpan retryAfter)
    : Exception($"More than {bytesPerHour} bytes in an hour.")
{
    public TimeSpan RetryAfter => retryAfter;

    public string Told => $"本单位一小时内报送的内容已超过 {bytesPerHour} 字节，本次未记录。请在 {Minutes} 分钟后重发同一份报表；若非有意，请检查报送程序是否在反复发送。 / "
        + $"This office has sent more than {bytesPerHour} bytes within the hour, and this submission was not recorded. Send it again in "
        + $"{Minutes} min. If that much was not intended, check whether a program sends the same repeatedly.";

    private int Minutes => (int)Math.Ceiling(retryAfter.TotalMinutes);
}
