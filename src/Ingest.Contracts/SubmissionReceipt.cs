using System.Text.Json;

namespace XilinIngest.Contracts;

/// <summary>
/// The verdict on a submission. It is unique and the same at every redelivery. Published to <see cref="Exchanges.Receipts"/>.
/// </summary>
public sealed record SubmissionReceipt
{
    /// <summary>The submission's id as sent; all zeros if it had none.</summary>
    public required Guid SubmissionId { get; init; }

    /// <summary>The unit's code as sent, at most 32 characters; empty if it had none.</summary>
    public required string Unit { get; init; }

    /// <summary>The month as sent, at most 32 characters; empty if it had none.</summary>
    public required string Period { get; init; }

    /// <summary>The revision as sent; 0 if it had none.</summary>
    public required int Revision { get; init; }

    /// <summary>The verdict.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>All findings of the checks, not only the first; empty if there are none.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>When the ledger received it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The row in the ledger, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>
    /// The path of the partition whose ledger has the row, such as <c>32.04.04.004</c>; absent where one ledger has the whole tree.
    /// </summary>
    public string? Partition { get; init; }

    /// <summary>SHA-256 of the row's canonical bytes as a Merkle leaf (RFC 9162), 64 lower-case hex digits.</summary>
    public required string LeafHash { get; init; }

    /// <summary>The signed state of the ledger that covers the row.</summary>
    public required Checkpoint Checkpoint { get; init; }
}

/// <summary>
/// The receipts of a <see cref="SubmitIndicatorsPack"/>, in its order. Over a broker they are split into several messages if one would be
/// too large. A message may also contain receipts of other submissions of the same sender.
/// </summary>
public sealed record SubmissionReceiptPack
{
    /// <summary>One receipt for each submission of the pack or of this message.</summary>
    public required IReadOnlyList<SubmissionReceipt> Receipts { get; init; }

    /// <summary>The receipts of a message on a sender's queue: a receipt alone, or a pack.</summary>
    /// <param name="message">The body: JSON in UTF-8.</param>
    /// <exception cref="JsonException">The message is neither a receipt nor a pack.</exception>
    public static IReadOnlyList<SubmissionReceipt> Parse(ReadOnlySpan<byte> message)
    {
        var reader = new Utf8JsonReader(message);
        return reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("receipts"u8)
            ? JsonSerializer.Deserialize<SubmissionReceiptPack>(message, WireFormat.Options)!.Receipts
            : [JsonSerializer.Deserialize<SubmissionReceipt>(message, WireFormat.Options)!];
    }
}

/// <summary>One finding of a check.</summary>
public sealed record Finding
{
    /// <summary>The rule's id: <c>F…</c> for the built-in checks, otherwise as in <c>rules.csv</c>.</summary>
    public required string Rule { get; init; }

    /// <summary>The rule's version, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Whether it refuses the submission, and whether an explanation answers it.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>The indicator; null if the finding is about the whole submission.</summary>
    public string? Indicator { get; init; }

    /// <summary>The figures compared, by name, exact.</summary>
    public IReadOnlyDictionary<string, decimal>? Figures { get; init; }

    /// <summary>The problem, in Chinese.</summary>
    public required string MessageZh { get; init; }

    /// <summary>The problem, in English.</summary>
    public required string MessageEn { get; init; }

    /// <summary>The remedy, in Chinese.</summary>
    public required string RemedyZh { get; init; }

    /// <summary>The remedy, in English.</summary>
    public required string RemedyEn { get; init; }
}

/// <summary>
/// A signed tree head of the ledger's Merkle log (RFC 9162): the parts of a signed note (c2sp.org/tlog-checkpoint). The note's text is
/// <c>{origin}\n{treeSize}\n{root in Base64}\n</c>; an empty line and the lines of <see cref="Signatures"/> follow.
/// </summary>
public sealed record Checkpoint
{
    /// <summary>The number of rows in the tree.</summary>
    public required long TreeSize { get; init; }

    /// <summary>The root hash over them, 64 lower-case hex digits.</summary>
    public required string Root { get; init; }

    /// <summary>When it was made, UTC, in whole seconds: the time that the key of times signed.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>
    /// The path of the partition whose ledger it is of; absent where one ledger has the whole tree.
    /// </summary>
    public string? Partition { get; init; }

    /// <summary>
    /// The name of the ledger, which no other ledger has, such as <c>stats.example.cn/xilin</c>; of a partition, its path follows:
    /// <c>stats.example.cn/xilin/32.04.04.004</c>. It is signed, so that no checkpoint of one ledger passes for another's.
    /// </summary>
    public required string Origin { get; init; }

    /// <summary>
    /// The signature lines of the note, each without its line break: <c>— {name of the key} {Base64 of key id and signature}</c>. The
    /// ledger's key (Ed25519), whose name is the origin, has one, and the key of times (a timestamped cosignature,
    /// c2sp.org/tlog-cosignature). Lines of other keys may follow.
    /// </summary>
    public required IReadOnlyList<string> Signatures { get; init; }

    /// <summary>Whether all parts are the same, the signature lines and their order included.</summary>
    public bool Equals(Checkpoint? other) =>
        other is not null && (TreeSize, Root, Time) == (other.TreeSize, other.Root, other.Time)
        && (Partition, Origin) == (other.Partition, other.Origin) && Signatures.SequenceEqual(other.Signatures);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TreeSize, Root, Time, Partition, Origin, Signatures.Count);
}
