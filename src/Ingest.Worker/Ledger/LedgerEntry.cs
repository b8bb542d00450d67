using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>One row of the ledger: a submission and its final verdict.</summary>
internal sealed record LedgerEntry
{
    public required long Sequence { get; init; }
    public required Guid SubmissionId { get; init; }
    public required string Unit { get; init; }
    public required string Period { get; init; }
    public required int Revision { get; init; }
    public required string Verdict { get; init; }

    /// <summary>The findings as JSON; null: there are none.</summary>
    public string? Findings { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>The time in UTC, to the microsecond, which is the precision that every database can store.</summary>
    public required string ReceivedAt { get; init; }
    public required string Sender { get; init; }
    public byte[] LeafHash { get; init; } = [];

    /// <summary>
    /// The bytes that are hashed: <c>xilin-entry-1</c>, then every field in this order, each as a 4-byte big-endian length
    /// and UTF-8 text (numbers in decimal, the id as 36 characters, absent findings as nothing).
    /// </summary>
    public byte[] CanonicalBytes()
    {
        var texts = CanonicalTexts();
        var bytes = new byte[LengthOf(texts)];
        WriteCanonicalBytes(texts, bytes);
        return bytes;
    }

    public LedgerEntry WithLeafHash() => this with { LeafHash = ComputeLeafHash() };

    /// <summary>Whether the content still has the hash that the row was recorded with.</summary>
    public bool IsIntact => ComputeLeafHash().AsSpan().SequenceEqual(LeafHash);

    // Without copying: a row is hashed in a buffer that the next one uses again.
    private byte[] ComputeLeafHash()
    {
        var texts = CanonicalTexts();
        var length = LengthOf(texts);
        var bytes = ArrayPool<byte>.Shared.Rent(MerkleHash.LeafPrefix.Length + length);
        MerkleHash.LeafPrefix.CopyTo(bytes);
        WriteCanonicalBytes(texts, bytes.AsSpan(MerkleHash.LeafPrefix.Length));
        var hash = SHA256.HashData(bytes.AsSpan(0, MerkleHash.LeafPrefix.Length + length));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    private string[] CanonicalTexts() =>
    [
        "xilin-entry-1", Sequence.ToString(CultureInfo.InvariantCulture), SubmissionId.ToString("D"), Unit, Period,
        Revision.ToString(CultureInfo.InvariantCulture), Verdict, Findings ?? "", ReceivedAt, Sender,
    ];

    private int LengthOf(string[] texts) => texts.Sum(text => sizeof(int) + Encoding.UTF8.GetByteCount(text)) + sizeof(int) + Body.Length;

    private void WriteCanonicalBytes(string[] texts, Span<byte> bytes)
    {
        foreach (var text in texts)
        {
            var length = Encoding.UTF8.GetBytes(text, bytes[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(bytes, length);
            bytes = bytes[(sizeof(int) + length)..];
        }

        BinaryPrimitives.WriteInt32BigEndian(bytes, Body.Length);
        Body.CopyTo(bytes[sizeof(int)..]);
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
