using System.Buffers;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Worker.Intake;

/// <summary>
/// Writes receipts as their contract says, and takes the JSON of the findings that the ledger has stored. Writing a revision's notices a
/// second time was a seventh of a worker's processor time.
/// </summary>
internal static class ReceiptJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = WireFormat.Options.Encoder, SkipValidation = true };

    // A receipt without its findings, and a finding.
    private const int UsualLength = 1_000;

    /// <param name="message">A receipt or a pack of receipts.</param>
    public static ReadOnlyMemory<byte> Write(object message)
    {
        IReadOnlyList<SubmissionReceipt> receipts = message is SubmissionReceiptPack pack ? pack.Receipts : [(SubmissionReceipt)message];
        var buffer = new ArrayBufferWriter<byte>(UsualLength + receipts.Sum(LengthOf));
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            if (message is SubmissionReceiptPack)
            {
                writer.WriteStartObject();
                writer.WriteStartArray("receipts"u8);
                foreach (var receipt in receipts)
                {
                    Write(writer, receipt);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }
            else
            {
                Write(writer, receipts[0]);
            }
        }

        return buffer.WrittenMemory;
    }

    /// <summary>The length of findings as JSON, in bytes; an estimate where they are not as the ledger has stored them.</summary>
    public static int LengthOf(IReadOnlyList<Finding> findings) =>
        findings is StoredFindings stored ? stored.Json.Length : findings.Count * UsualLength;

    /// <summary>About the length of a receipt as JSON, in bytes.</summary>
    public static int LengthOf(SubmissionReceipt receipt) => UsualLength + LengthOf(receipt.Findings);

    private static void Write(Utf8JsonWriter writer, SubmissionReceipt receipt)
    {
        writer.WriteStartObject();
        writer.WriteString("submissionId"u8, receipt.SubmissionId);
        writer.WriteString("unit"u8, receipt.Unit);
        writer.WriteString("period"u8, receipt.Period);
        writer.WriteNumber("revision"u8, receipt.Revision);
        writer.WriteString("verdict"u8, receipt.Verdict.ToWireName());
        writer.WritePropertyName("findings"u8);
        if (receipt.Findings is StoredFindings { Count: > 0 } stored)
        {
            writer.WriteRawValue(stored.Json.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteRawValue(receipt.Findings.Count == 0 ? "[]"u8 : WireFormat.Serialize(receipt.Findings), skipInputValidation: true);
        }

        writer.WriteString("receivedAt"u8, receipt.ReceivedAt);
        writer.WriteNumber("sequence"u8, receipt.Sequence);
        WritePartition(writer, receipt.Partition);
        writer.WriteString("leafHash"u8, receipt.LeafHash);
        writer.WriteStartObject("checkpoint"u8);
        writer.WriteNumber("treeSize"u8, receipt.Checkpoint.TreeSize);
        writer.WriteString("root"u8, receipt.Checkpoint.Root);
        writer.WriteString("time"u8, receipt.Checkpoint.Time);
        WritePartition(writer, receipt.Checkpoint.Partition);
        writer.WriteString("origin"u8, receipt.Checkpoint.Origin);
        writer.WriteStartArray("signatures"u8);
        foreach (var line in receipt.Checkpoint.Signatures)
        {
            writer.WriteStringValue(line);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePartition(Utf8JsonWriter writer, string? partition)
    {
        if (partition is not null)
        {
            writer.WriteString("partition"u8, partition);
        }
    }
}
