using System.CommandLine;
using System.Text;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Proofs;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin verify</c></summary>
internal static class VerifyReceiptsCommand
{
    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var ids = new Argument<string[]>("ID")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = output.Text("报送编号；不给则核对发件箱里的全部回执。", "Submission ids; default: every receipt in the outbox.")
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
              例：xilin verify --server http://127.0.0.1:5080
              退出码：0 全部属实；1 有不符；2 用法有误；3 连不上服务；5 其余属实，有的回执属于后来已重新划分的台账，只核对了签名。
            """,
            """
            Checks without trusting the service: the checkpoints' signatures (its key is pinned at first use), that the
            checkpoint kept before is the beginning of today's, and that every receipt is in the ledger with what was sent.
              Example: xilin verify --server http://127.0.0.1:5080
              Exit codes: 0 all holds; 1 something does not; 2 wrong usage; 3 the service cannot be reached;
              5 the rest holds, and of receipts whose ledger was split since the signature alone could be verified.
            """)) { ids, policy };
        command.SetAction(
            (result, cancellation) =>
                ServiceRequests.TranslateFaultsAsync(
                    () => RunAsync(
                        options.Read(result, TransportMode.Server), result.GetValue(ids) ?? [], result.GetValue(policy), output,
                        cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] ids, string? policy, ConsoleOutput output, CancellationToken cancellationToken)
    {
        var witnesses = policy is null ? null : WitnessedCheckpoint.ReadPolicy(policy);
        using var service = settings.CreateHttpClient();
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
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

        // Each partition has a ledger of its own; without partitions there is one.
        var check = new ReceiptVerifier(service, trust);
        var witnessed = witnesses is null ? null : new WitnessedCheckpoint(service, witnesses);
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

/// <summary>Requests to the service, with its failures as command errors.</summary>
internal static class ServiceRequests
{
    /// <exception cref="CommandException">The service cannot be reached, or refuses the request.</exception>
    public static async Task<int> TranslateFaultsAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (HttpRequestException exception)
        {
            throw exception.StatusCode is null
                ? new CommandException(ExitCodes.NotSent, $"无法连接服务：{exception.Message}",
                    $"The service cannot be reached: {exception.Message}")
                : new CommandException(ExitCodes.NotSent, $"问不到服务：{exception.Message}",
                    $"The service does not answer the question: {exception.Message}");
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw new CommandException(ExitCodes.NotSent, "服务没有按时答复（--timeout）。", "The service did not answer in time (--timeout).");
        }
        catch (Exception exception)
        when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.NotSent, $"答复看不懂，请核对服务地址：{exception.Message}",
                $"The answer makes no sense, check the service's address: {exception.Message}");
        }
    }

    /// <summary>Requests JSON. If the service refuses, the exception has the text of its problem.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient service, string path, CancellationToken cancellationToken)
    {
        using var answer = await service.GetAsync(path, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    /// <summary>Posts a value as JSON, and returns the answer's JSON. If the service refuses, the exception has the text of its
    /// problem.</summary>
    public static async Task<JsonElement> PostJsonAsync<T>(
        this HttpClient service, string path, T value, CancellationToken cancellationToken)
    {
        using var body = new StringContent(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), Encoding.UTF8, "application/json");
        using var answer = await service.PostAsync(path, body, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return answer.IsSuccessStatusCode
            ? document.RootElement.Clone()
            : throw new HttpRequestException(
                document.RootElement.TryGetProperty("detail", out var detail) ? detail.ToString() : $"{(int)answer.StatusCode}", null,
                answer.StatusCode);
    }
}
