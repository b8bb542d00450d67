using System.Globalization;
using System.Net;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Proofs;

/// <summary>Verifies stored receipts against the log: signature, inclusion, consistency, and that the row is the submission.</summary>
internal sealed class ReceiptVerifier(HttpClient service, PinnedKeys trust)
{
    /// <summary>The fault of a receipt with a checkpoint that another key signed.</summary>
    public static readonly (string Zh, string En) NotSigned =
        ("回执的检查点签名不对。", "The receipt's checkpoint is not signed by the key.");

    private readonly Dictionary<(string? Partition, long Size, string Root), bool> _consistent = [];

    /// <summary>The partitions that have ledgers, by path; only null: one ledger has the whole tree.</summary>
    public async Task<IReadOnlyList<string?>> FetchPartitionsAsync(CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync("api/ledger/checkpoint", cancellationToken);
        if (answer.StatusCode != HttpStatusCode.BadRequest)
        {
            return [null];
        }

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
        return [.. problem.RootElement.GetProperty("partitions").EnumerateArray().Select(path => path.GetString())];
    }

    /// <summary>Whether a receipt's own checkpoint is signed by the key; nothing is asked.</summary>
    public bool IsSigned(SubmissionReceipt receipt) =>
        trust.IsSigned(receipt.Checkpoint) && receipt.Checkpoint.Partition == receipt.Partition;

    /// <summary>
    /// The newest checkpoint of a partition's ledger, and its fault after a comparison with the stored one; null: none.
    /// </summary>
    /// <param name="partition">The path of the partition; null: one ledger has the whole tree.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>No checkpoint and no fault: the ledger is empty, and was before.</returns>
    public async Task<(Checkpoint? Newest, (string Zh, string En)? Fault)> FetchCheckpointAsync(
        string? partition, CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync($"api/ledger/checkpoint{Query('?', partition)}", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return (null, trust.LastCheckpoint(partition) is { } before
                ? ($"台账空了：以前有 {before.TreeSize} 行。", $"The ledger is empty: it had {before.TreeSize} rows.") : null);
        }

        var newest = JsonSerializer.Deserialize<Checkpoint>(
            await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken), WireFormat.Options)!;
        if (!trust.IsSigned(newest) || newest.Partition != partition)
        {
            return (newest, ("最新检查点的签名不对。", "The newest checkpoint is not signed by the key."));
        }

        if (trust.LastCheckpoint(partition) is { } kept)
        {
            if (kept.TreeSize > newest.TreeSize)
            {
                return (newest,
                    ($"台账变短了：以前有 {kept.TreeSize} 行，现在只有 {newest.TreeSize} 行。",
                        $"The ledger has become shorter: it had {kept.TreeSize} rows, now {newest.TreeSize}."));
            }

            if (!await IsConsistentAsync(kept, newest, cancellationToken))
            {
                return (newest, ($"以前的 {kept.TreeSize} 行被改动过。", $"The {kept.TreeSize} rows that were there before have been changed."));
            }
        }

        return (newest, null);
    }

    /// <returns>The fault; null: the receipt is valid.</returns>
    public async Task<(string Zh, string En)?> VerifyAsync(OutboxEntry entry, Checkpoint newest, CancellationToken cancellationToken)
    {
        var receipt = entry.Receipt!;
        if (!trust.IsSigned(receipt.Checkpoint) || receipt.Checkpoint.Partition != newest.Partition)
        {
            return NotSigned;
        }

        if (!await IsConsistentAsync(receipt.Checkpoint, newest, cancellationToken))
        {
            return ("台账在回执之后被改动过。", "The ledger has been changed since the receipt.");
        }

        var leaf = Convert.FromHexString(receipt.LeafHash);
        var proof = await GetAsync($"api/ledger/inclusion?sequence={Number(receipt.Sequence)}&treeSize={Number(newest.TreeSize)}"
            + Query('&', newest.Partition), cancellationToken);
        if (!MerkleProofCheck.IsIncluded(leaf, receipt.Sequence - 1, newest.TreeSize, PathOf(proof), Convert.FromHexString(newest.Root)))
        {
            return ("回执不在台账里。", "The receipt is not in the ledger.");
        }

        var row = await GetAsync($"api/submissions/{Number(receipt.Sequence)}{Query('?', newest.Partition)}", cancellationToken);
        var bytes = row.GetProperty("canonicalBytes").GetBytesFromBase64();
        return MerkleProofCheck.LeafHash(bytes).AsSpan().SequenceEqual(leaf) && CanonicalLedgerRow.Read(bytes) is { } read
            && read.Sequence == receipt.Sequence && read.Body == entry.Body && read.Verdict == receipt.Verdict.ToWireName()
            && (read.Findings.Length > 0) == (receipt.Findings.Count > 0)
            ? null
            : ("台账里的这一行不是所报的内容。", "The row of the ledger is not what was sent.");
    }

    /// <summary>Whether the smaller of two checkpoints is the beginning of the larger one.</summary>
    public Task<bool> IsInOneLogAsync(Checkpoint one, Checkpoint other, CancellationToken cancellationToken) =>
        one.TreeSize <= other.TreeSize
            ? IsConsistentAsync(one, other, cancellationToken) : IsConsistentAsync(other, one, cancellationToken);

    private async Task<bool> IsConsistentAsync(Checkpoint first, Checkpoint second, CancellationToken cancellationToken)
    {
        var key = (second.Partition, first.TreeSize, first.Root);
        if (!_consistent.TryGetValue(key, out var holds))
        {
            holds = first.TreeSize <= second.TreeSize && MerkleProofCheck.IsConsistent(
                first.TreeSize, second.TreeSize, Convert.FromHexString(first.Root), Convert.FromHexString(second.Root),
                PathOf(await GetAsync($"api/ledger/consistency?first={Number(first.TreeSize)}&second={Number(second.TreeSize)}"
                    + Query('&', second.Partition), cancellationToken)));
            _consistent[key] = holds;
        }

        return holds;
    }

    private async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await service.GetStringAsync(path, cancellationToken));
        return document.RootElement.Clone();
    }

    private static List<byte[]> PathOf(JsonElement proof) =>
        [.. proof.GetProperty("path").EnumerateArray().Select(hash => Convert.FromHexString(hash.GetString()!))];

    private static string Query(char separator, string? partition) =>
        partition is null ? "" : $"{separator}partition={Uri.EscapeDataString(partition)}";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
