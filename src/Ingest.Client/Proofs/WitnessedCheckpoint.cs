using System.Globalization;
using System.Net;
using XilinIngest.Contracts;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Proofs;

/// <summary>The checkpoint of a ledger that witnesses cosigned, checked by a policy of the user's own (c2sp.org/tlog-policy).</summary>
/// <param name="service">The service.</param>
/// <param name="policy">Whose cosignatures it takes.</param>
internal sealed class WitnessedCheckpoint(HttpClient service, TrustPolicy policy)
{
    // Witnesses are asked within seconds; a machine may be off for a night.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Whether witnesses ought to have seen a row by now.</summary>
    /// <param name="received">The time of its checkpoint.</param>
    /// <param name="now">The time.</param>
    public static bool IsOverdue(DateTimeOffset received, DateTimeOffset now) => now - received > LongestWait;

    /// <summary>Reads the policy.</summary>
    /// <exception cref="CommandException">A line cannot be used.</exception>
    public static TrustPolicy ReadPolicy(string path)
    {
        var (policy, faults) = TrustPolicyReader.Read(File.ReadAllBytes(path));
        return policy ?? throw new CommandException(
            ExitCodes.Usage, string.Join(' ', faults.Select(fault => fault.Zh)), string.Join(' ', faults.Select(fault => fault.En)));
    }

    /// <summary>The checkpoint that the service shows for a partition, and why the policy does not take it.</summary>
    /// <param name="partition">The path of the partition; null: one ledger has the whole tree.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<(Checkpoint? Checkpoint, PolicyResult? Result, (string Zh, string En)? Fault)> FetchAsync(
        string? partition, CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync(
            partition is null ? "checkpoint" : $"log/{Uri.EscapeDataString(partition)}/checkpoint", cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return (null, null, ("没有检查点。", "There is no checkpoint."));
        }

        var bytes = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken);
        if (!SignedNote.TryParse(bytes, out var note) || !CheckpointText.TryParse(note.Text, out var text))
        {
            return (null, null, ("服务给出的不是检查点。", "What the service gives is no checkpoint."));
        }

        var result = policy.Check(note);
        return (ToCheckpoint(note, text, partition), result, FindFault(policy, result, text));
    }

    /// <summary>Why a policy does not take a checkpoint; null: it does.</summary>
    public static (string Zh, string En)? FindFault(TrustPolicy policy, PolicyResult result, CheckpointText text)
    {
        if (result.IsMet)
        {
            return null;
        }

        var names = string.Join(' ', result.Cosigned.Select(each => each.Witness.Name));
        return result.Forged is { } forged
            ? ($"检查点有伪造的签名行（{forged.Name}）。", $"The checkpoint has a forged signature ({forged.Name}).")
            : !result.IsOfLog
                ? ($"台账 {text.Origin} 不在策略文件中，或不是由其中的密钥签署。", $"The log {text.Origin} is not in the policy, or is signed by another key.")
                : (string.Create(
                        CultureInfo.InvariantCulture,
                        $"{text.Size} 行的检查点没有足够的见证人联署（策略列有 {policy.Witnesses.Count} 个，联署的：{(names.Length > 0 ? names : "无")}）。"),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The checkpoint of {text.Size} rows lacks cosignatures (the policy has {policy.Witnesses.Count} witnesses; it is "
                        + $"cosigned by: {(names.Length > 0 ? names : "none")})."));
    }

    // The time is filled in by the keys of the ledger.
    private static Checkpoint ToCheckpoint(SignedNote note, CheckpointText text, string? partition) => new()
    {
        TreeSize = text.Size,
        Root = Convert.ToHexStringLower(text.Root),
        Time = default,
        Partition = partition,
        Origin = text.Origin,
        Signatures = [.. note.Signatures.Select(signature => signature.Line)],
    };
}
