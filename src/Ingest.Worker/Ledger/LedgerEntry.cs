using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>One row of the ledger: a submission and its final verdict.</summary>
internal sealed record LedgerEntry
{
    // The lengths of eleven fields, the version, two numbers and the id.
    private const int FixedCanonicalLength = 11 * sizeof(int) + 13 + 20 + 11 + 36;

    public required long Sequence { get; init; }
    public required Guid SubmissionId { get; init; }
    public required string Unit { get; init; }
    public required string Period { get; init; }
    public required int Revision { get; init; }
    public required string Verdict { get; init; }

    /// <summary>The findings as JSON in UTF-8; empty: there are none.</summary>
    public ReadOnlyMemory<byte> Findings { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The time in UTC, to the microsecond, which is the precision that every database can store.</summary>
    public required string ReceivedAt { get; init; }
    public required string Sender { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); }
    public byte[] LeafHash { get; init; } = [];

    /// <summary>
    /// Whether the row is an accepted request about a month or a report. An accepted report has a revision from 1; a request has none, and
    /// its body says which it is (ADR 13, ADR 15).
    /// </summary>
    public bool IsRequest => Revision == 0 && Verdict == StoredVerdicts.Accepted;

    /// <summary>Whether another row records the same message.</summary>
    public bool HasSameBody(LedgerEntry other) => Body.Span.SequenceEqual(other.Body.Span);

    /// <summary>What the row did to a month; null: it did nothing, or its body was altered, which the check of its hash reports.</summary>
    public MonthStateChange? ToMonthChange() =>
        IsRequest && TryParseTimestamp(ReceivedAt) is { } at ? AcceptedMonthFacts.ReadRecorded(Body, Sequence, at, Sender) : null;

    /// <summary>The review that the row is; null: it is none, or its body was altered, which the check of its hash reports.</summary>
    public ReportReview? ToReview() =>
        IsRequest && TryParseTimestamp(ReceivedAt) is { } at ? AcceptedReviewFacts.ReadRecorded(Body, Sequence, at, Sender) : null;

    /// <summary>
    /// The bytes that are hashed: <c>xilin-entry-1</c>, then every field in this order, each as a 4-byte big-endian length
    /// and UTF-8 text (numbers in decimal, the id as 36 characters, absent findings as nothing).
    /// </summary>
    public byte[] CanonicalBytes()
    {
        var bytes = new byte[MaxCanonicalLength];
        return bytes[..WriteCanonicalBytes(bytes)];
    }

    public LedgerEntry WithLeafHash() => this with { LeafHash = ComputeLeafHash() };

    /// <summary>Whether the content still has the hash that the row was recorded with.</summary>
    public bool IsIntact => ComputeLeafHash().AsSpan().SequenceEqual(LeafHash);

    // An upper limit: a character of UTF-16 takes at most three bytes of UTF-8.
    private int MaxCanonicalLength => FixedCanonicalLength + Body.Length + Findings.Length
        + 3 * (Unit.Length + Period.Length + Verdict.Length + ReceivedAt.Length + Sender.Length);

    // Without copying: a row is hashed in a buffer that the next one uses again.
    private byte[] ComputeLeafHash()
    {
        var bytes = ArrayPool<byte>.Shared.Rent(MerkleHash.LeafPrefix.Length + MaxCanonicalLength);
        MerkleHash.LeafPrefix.CopyTo(bytes);
        var length = WriteCanonicalBytes(bytes.AsSpan(MerkleHash.LeafPrefix.Length));
        var hash = SHA256.HashData(bytes.AsSpan(0, MerkleHash.LeafPrefix.Length + length));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    private int WriteCanonicalBytes(Span<byte> bytes)
    {
        var length = WriteField(bytes, "xilin-entry-1"u8);
        length += WriteField(bytes[length..], Sequence, "");
        length += WriteField(bytes[length..], SubmissionId, "D");
        length += WriteField(bytes[length..], Unit);
        length += WriteField(bytes[length..], Period);
        length += WriteField(bytes[length..], Revision, "");
        length += WriteField(bytes[length..], Verdict);
        length += WriteField(bytes[length..], Findings.Span);
        length += WriteField(bytes[length..], ReceivedAt);
        length += WriteField(bytes[length..], Sender);
        return length + WriteField(bytes[length..], Body.Span);
    }

    private static int WriteField(Span<byte> bytes, string text) =>
        WriteLength(bytes, Encoding.UTF8.GetBytes(text, bytes[sizeof(int)..]));

    private static int WriteField<T>(Span<byte> bytes, T value, string format)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(bytes[sizeof(int)..], out var length, format, CultureInfo.InvariantCulture);
        return WriteLength(bytes, length);
    }

    private static int WriteField(Span<byte> bytes, ReadOnlySpan<byte> value)
    {
        value.CopyTo(bytes[sizeof(int)..]);
        return WriteLength(bytes, value.Length);
    }

    private static int WriteLength(Span<byte> bytes, int length)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        return sizeof(int) + length;
    }

    public static string FormatTimestamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTimestamp(string text) =>
        DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static DateTimeOffset? TryParseTimestamp(string text) => DateTimeOffset.TryParseExact(
        text, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static DateTimeOffset TruncateToMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}
