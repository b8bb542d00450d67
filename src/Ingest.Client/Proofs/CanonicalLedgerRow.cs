using System.Buffers.Binary;
using System.Text;

namespace XilinIngest.Client.Proofs;

/// <summary>A ledger row in its hashed form: each field as a 4-byte big-endian length and its bytes (docs/architecture.md).</summary>
internal sealed record CanonicalLedgerRow(
    long Sequence, string SubmissionId, string Unit, string Period, string Revision, string Verdict, string Findings, string ReceivedAt,
    string Sender, string Body)
{
    private const int Fields = 11;

    /// <returns>Null: the bytes are not a row.</returns>
    public static CanonicalLedgerRow? Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new List<string>();
        while (bytes.Length >= 4 && fields.Count <= Fields)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes);
            if (length < 0 || length > bytes.Length - 4)
            {
                return null;
            }

            fields.Add(Encoding.UTF8.GetString(bytes.Slice(4, length)));
            bytes = bytes[(4 + length)..];
        }

        return bytes.IsEmpty
            && fields is ["xilin-entry-1", var sequence, var id, var unit, var period, var revision, var verdict, var findings,
                var receivedAt, var sender, var body] && long.TryParse(sequence, out var number)
            ? new(number, id, unit, period, revision, verdict, findings, receivedAt, sender, body)
            : null;
    }
}
