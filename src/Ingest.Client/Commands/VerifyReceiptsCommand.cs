using System.CommandLine;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin verify</c></summary>
internal static class VerifyReceiptsCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var receipts = new Argument<string[]>("RECEIPT")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = output.Text(
                "证明文件（.tlog-proof，可用 * 和 ?），或报送编号；不给则核对发件箱里的全部回执。",
                "Proof files (.tlog-proof; * and ? may stand in the names), or submission ids; default: every receipt in the outbox.")
        };
        var keys = new Option<string?>("--keys")
        {
            HelpName = "FILE",
            Description = output.Text(
                "核对证明文件时用的公钥，每行一个，如统计机构公布的；不给则用首次使用时记下的。",
                "The public keys for proof files, one on each line, as the office published them; default: those pinned at first use."),
        };
        var policy = new Option<string?>("--policy")
        {
            HelpName = "FILE",
            Description = output.Text(
                "见证策略文件：检查点还须有足够的见证人联署（见 docs/proofs.md）。",
                "A policy of witnesses: the checkpoint has to be cosigned as it demands (docs/proofs.md)."),
        };
        var command = new Command("verify", output.Text(
            """
            不信任服务，自己核对：检查点的签名（首次使用时记下公钥）、以前的检查点与现在的一致、每张回执都在台账里且内容就是所报的。
            证明文件（xilin receipt save 或网页下载）不联网也能核对：谁、哪月、报了什么数、何时，都在签名的台账里。
              例：xilin verify --server http://127.0.0.1:5080
              例：xilin verify 320404004201-2022-07-17.tlog-proof
              退出码：0 全部属实；1 有不符；2 用法有误，或没有公钥；3 连不上服务；5 其余属实，有的回执属于后来已重新划分的台账，只核对了签名。
            """,
            """
            Checks without trusting the service: the checkpoints' signatures (its key is pinned at first use), that the
            checkpoint kept before is the beginning of today's, and that every receipt is in the ledger with what was sent.
            Proof files (of xilin receipt save, or of the pages) need no connection: who reported which figures of which
            month, and when, is shown to be in the signed ledger.
              Example: xilin verify --server http://127.0.0.1:5080
              Example: xilin verify 320404004201-2022-07-17.tlog-proof
              Exit codes: 0 all holds; 1 something does not; 2 wrong usage, or no keys; 3 the service cannot be reached;
              5 the rest holds, and of receipts whose ledger was split since the signature alone could be verified.
            """)) { receipts, keys, policy };
        command.SetAction((result, cancellation) =>
        {
            var named = result.GetValue(receipts) ?? [];
            var files = named.Where(name => !IsId(name)).ToList();
            var witnesses = result.GetValue(policy) is { } file ? WitnessedCheckpoint.ReadPolicy(file) : null;
            return files.Count == 0 && result.GetValue(keys) is null
                ? ServiceRequests.TranslateFaultsAsync(
                    () => RunAsync(options.Read(result, TransportMode.Server), named, witnesses, output, cancellation))
                : files.Count == named.Length && files.Count > 0
                ? VerifyProofFiles.RunAsync(options.Read(result), files, result.GetValue(keys), witnesses, output, cancellation)
                : throw new CommandException(ExitCodes.Usage,
                    "证明文件和报送编号请分开核对；--keys 只用于证明文件。",
                    "Verify proof files and submission ids one after the other; --keys is for proof files.");
        });
        return command;
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _);

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] ids, TrustPolicy? policy, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        var trust = await PinAsync(service, outbox, output, cancellationToken);

        // Each partition has a ledger of its own; without partitions there is one.
        var check = new ReceiptVerifier(service, trust);
        var witnessed = policy is null ? null : new WitnessedCheckpoint(service, policy);
        var present = await check.FetchPartitionsAsync(cancellationToken);
        var (faults, former) = (0, 0);
        foreach (var (path, receipts) in ChooseLedgers(SelectReceipts(outbox, ids), present, trust))
        {
            if (present.Contains(path))
            {
                var ofLedger = await VerifyAsync(check, trust, path, receipts, output, cancellationToken);
                faults += ofLedger;
                if (witnessed is not null && ofLedger == 0)
                {
                    faults += await VerifyWitnessesAsync(check, trust, witnessed, path, receipts, output, cancellationToken);
                }
            }
            else
            {
                former++;
                faults += VerifySignatures(check, path, receipts, output);
            }
        }

        return faults > 0 ? ExitCodes.Refused : former > 0 ? ExitCodes.Superseded : ExitCodes.Accepted;
    }

    /// <summary>Pins the service's keys at the first use, or checks that they follow from the pinned ones, and says so.</summary>
    public static async Task<PinnedKeys> PinAsync(
        HttpClient service, OutboxFolder outbox, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var trust = PinnedKeys.Pin(outbox.Path, await service.GetStringAsync("api/ledger/keys", cancellationToken));
        if (trust.IsNew)
        {
            output.WriteLine($"首次使用，记下服务的公钥，指纹 {trust.Fingerprint}；请向街道统计站核对。",
                $"First use: the service's key is pinned, fingerprint {trust.Fingerprint}; compare it with the statistics office.");
        }

        if (trust.IsReplaced)
        {
            output.WriteLine($"服务更换了密钥，新密钥由原密钥签名引入，已记下，指纹 {trust.Fingerprint}。",
                $"The service has a new key, which the pinned one introduced; it is pinned now, fingerprint {trust.Fingerprint}.");
        }

        return trust;
    }

    // Those of the receipts. Without receipts, those that were verified before, or all.
    private static IEnumerable<(string? Path, IReadOnlyList<OutboxEntry> Receipts)> ChooseLedgers(
        List<OutboxEntry> receipts, IReadOnlyList<string?> present, PinnedKeys trust)
    {
        if (receipts.Count > 0)
        {
            return receipts.GroupBy(entry => entry.Receipt!.Partition)
                .Select(ledger => (ledger.Key, (IReadOnlyList<OutboxEntry>)[.. ledger]));
        }

        var known = present.Where(path => trust.LastCheckpoint(path) is not null).ToList();
        return (known.Count > 0 ? known : present).Select(path => (path, (IReadOnlyList<OutboxEntry>)[]));
    }

    // The number of receipts that do not hold, or 1: the ledger itself does not.
    private static async Task<int> VerifyAsync(
        ReceiptVerifier check, PinnedKeys trust, string? path, IReadOnlyList<OutboxEntry> receipts, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        var (zh, en) = path is null ? ("台账", "The ledger") : ($"分区 {path} 的台账", $"The ledger of partition {path}");
        var before = trust.LastCheckpoint(path);
        var (newest, fault) = await check.FetchCheckpointAsync(path, cancellationToken);
        if (newest is null && receipts.Count > 0)
        {
            fault ??= ("台账是空的，回执不在里面。", "The ledger is empty: the receipts are not in it.");
        }

        if (fault is { } broken)
        {
            var (ofZh, ofEn) = path is null ? ("", "") : ($"{zh}：", $"{en}: ");
            return output.WriteFailure(ExitCodes.Refused, $"✗ {ofZh}{broken.Zh}请保留发件箱，并与街道统计站联系。",
                $"✗ {ofEn}{broken.En} Keep the outbox, and speak to the statistics office.");
        }

        if (newest is null)
        {
            output.WriteLine($"{zh}还没有行。", $"{en} has no rows yet.");
            return 0;
        }

        var faults = 0;
        foreach (var entry in receipts)
        {
            if (await check.VerifyAsync(entry, newest, cancellationToken) is { } wrong)
            {
                faults++;
                WriteFault(entry, wrong, output);
            }
        }

        trust.SaveCheckpoint(newest);
        output.WriteLine(
            $"{zh} {newest.TreeSize} 行，签名有效{(before is null ? "" : $"，与以前保存的检查点（{before.TreeSize} 行）一致")}；回执 {receipts.Count} 张，"
            + $"不符 {faults} 张。",
            $"{en} has {newest.TreeSize} rows, "
            + $"signed{(before is null ? "" : $", consistent with the checkpoint kept before ({before.TreeSize} rows)")}; "
            + $"{receipts.Count} receipts, {faults} do not hold.");
        return faults;
    }

    // The number of faults. What the witnesses saw has to be the beginning of the ledger that was verified.
    private static async Task<int> VerifyWitnessesAsync(
        ReceiptVerifier check, PinnedKeys trust, WitnessedCheckpoint witnessed, string? path, IReadOnlyList<OutboxEntry> receipts,
        ConsoleOutput output, CancellationToken cancellationToken)
    {
        if (trust.LastCheckpoint(path) is not { } verified)
        {
            return 0;
        }

        var (checkpoint, result, fault) = await witnessed.FetchAsync(path, cancellationToken);
        if (fault is null && trust.FindTime(checkpoint!) is null)
        {
            fault = ("见证人联署的检查点签名不对。", "The checkpoint that was cosigned is not signed by the key.");
        }

        if (fault is null && !await check.IsInOneLogAsync(checkpoint!, verified, cancellationToken))
        {
            fault = ("见证人看到的是另一套账。", "The witnesses saw another history.");
        }

        if (fault is { } broken)
        {
            return output.WriteFailure(ExitCodes.Refused, $"✗ {broken.Zh}", $"✗ {broken.En}");
        }

        var later = receipts.Where(entry => entry.Receipt!.Sequence > checkpoint!.TreeSize).ToList();
        var names = string.Join(' ', result!.Cosigned.Select(each => each.Witness.Name));
        output.WriteLine(
            $"见证人 {names} 已联署至 {checkpoint!.TreeSize} 行{(later.Count > 0 ? $"；之后的回执 {later.Count} 张尚待联署" : "")}。",
            $"Cosigned by {names} up to {checkpoint.TreeSize} rows"
            + $"{(later.Count > 0 ? $"; {later.Count} later receipts are not cosigned yet" : "")}.");

        // A service may show witnesses less than it shows an office.
        var overdue = later.FindAll(
            entry => WitnessedCheckpoint.IsOverdue(entry.Receipt!.Checkpoint.Time, TimeProvider.System.GetUtcNow()));
        overdue.ForEach(entry => WriteFault(
            entry, ("一天之后见证人仍未看到这一行。", "A day later, the witnesses have not seen this row."), output));
        return overdue.Count;
    }

    // The service has the ledger no more: what it signed is all that can be verified.
    private static int VerifySignatures(
        ReceiptVerifier check, string? path, IReadOnlyList<OutboxEntry> receipts, ConsoleOutput output)
    {
        var unsigned = receipts.Where(entry => !check.IsSigned(entry.Receipt!)).ToList();
        unsigned.ForEach(entry => WriteFault(entry, ReceiptVerifier.NotSigned, output));
        var signed = receipts.Count - unsigned.Count;
        var (zh, en) = path is null ? ("全部单位的台账", "the ledger of the whole tree") : ($"分区 {path} 的台账", $"the ledger of partition {path}");
        output.WriteLine(
            $"! 回执 {receipts.Count} 张属于原来{zh}，该台账后来已重新划分，现在的服务里没有它的证明，只核对了签名，有效 {signed} 张。原来的台账由统计机构保留，"
            + "要核对请向它提出。",
            $"! {receipts.Count} receipts are of {en}, which was split since: this service has no proof of them, and {signed} are signed. "
            + "The statistics office keeps the former ledger, which proves them: ask there.");
        return unsigned.Count;
    }

    private static void WriteFault(OutboxEntry entry, (string Zh, string En) wrong, ConsoleOutput output) => output.WriteLine(
        $"✗ {entry.Id:D} {entry.Unit} {entry.Period}：{wrong.Zh}", $"✗ {entry.Id:D} {entry.Unit} {entry.Period}: {wrong.En}");

    private static List<OutboxEntry> SelectReceipts(OutboxFolder outbox, string[] ids)
    {
        var all = outbox.Answered().Where(entry => entry.Receipt is not null).ToList();
        return ids.Length == 0 ? all : [.. ids.Select(id => all.Find(entry => entry.Id.ToString("D") == id)
            ?? throw new CommandException(ExitCodes.Usage, $"发件箱里没有 {id} 的回执。", $"The outbox has no receipt of {id}."))];
    }
}
