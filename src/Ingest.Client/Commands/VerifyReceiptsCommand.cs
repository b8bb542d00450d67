using System.CommandLine;
using System.Text;
using System.Text.Json;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Proofs;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin verify</c></summary>
internal static class VerifyReceiptsCommand
{
    // Without receipts, the ledger alone is verified.
    private static readonly IGrouping<string?, OutboxEntry> NoReceipts = new NoEntries();

    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var ids = new Argument<string[]>("ID")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = output.Text("报送编号；不给则核对发件箱里的全部回执。", "Submission ids; default: every receipt in the outbox.")
        };
        var command = new Command("verify", output.Text(
            """
            不信任服务，自己核对：检查点的签名（首次使用时记下公钥）、以前的检查点与现在的一致、每张回执都在台账里且内容就是所报的。
              例：xilin verify --server http://127.0.0.1:5080
              退出码：0 全部属实；1 有不符；2 用法有误；3 连不上服务。
            """,
            """
            Checks without trusting the service: the checkpoints' signatures (its key is pinned at first use), that the
            checkpoint kept before is the beginning of today's, and that every receipt is in the ledger with what was sent.
              Example: xilin verify --server http://127.0.0.1:5080
              Exit codes: 0 all holds; 1 something does not; 2 wrong usage; 3 the service cannot be reached.
            """)) { ids };
        command.SetAction(
            (result, cancellation) =>
                ServiceRequests.TranslateFaultsAsync(
                    () => RunAsync(options.Read(result, TransportMode.Server), result.GetValue(ids) ?? [], output, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] ids, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        using var trust = PinnedKeys.Pin(outbox.Path, await service.GetStringAsync("api/ledger/key", cancellationToken));
        if (trust.IsNew)
        {
            output.WriteLine($"首次使用，记下服务的公钥，指纹 {trust.Fingerprint}；请向街道统计站核对。",
                $"First use: the service's key is pinned, fingerprint {trust.Fingerprint}; compare it with the statistics office.");
        }

        var check = new ReceiptVerifier(service, trust);
        // Each partition has a ledger of its own; without partitions there is one.
        var faults = 0;
        foreach (var ledger in SelectReceipts(outbox, ids).GroupBy(entry => entry.Receipt!.Partition).DefaultIfEmpty(NoReceipts))
        {
            if (await VerifyAsync(check, trust, ledger, output, cancellationToken) is not { } wrong)
            {
                return ExitCodes.Refused;
            }

            faults += wrong;
        }

        return faults > 0 ? ExitCodes.Refused : ExitCodes.Accepted;
    }

    // The number of receipts that do not hold; null: the ledger itself does not.
    private static async Task<int?> VerifyAsync(
        ReceiptVerifier check, PinnedKeys trust, IGrouping<string?, OutboxEntry> ledger, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        var before = trust.LastCheckpoint(ledger.Key);
        var (newest, fault) = await check.FetchCheckpointAsync(ledger.Key, cancellationToken);
        if (fault is { } broken)
        {
            output.WriteFailure(ExitCodes.Refused, $"✗ {broken.Zh}请保留发件箱，并与街道统计站联系。",
                $"✗ {broken.En} Keep the outbox, and speak to the statistics office.");
            return null;
        }

        var (receipts, faults) = (ledger.ToList(), 0);
        foreach (var entry in receipts)
        {
            if (await check.VerifyAsync(entry, newest, cancellationToken) is { } wrong)
            {
                faults++;
                output.WriteLine($"✗ {entry.Id:D} {entry.Unit} {entry.Period}：{wrong.Zh}",
                    $"✗ {entry.Id:D} {entry.Unit} {entry.Period}: {wrong.En}");
            }
        }

        trust.SaveCheckpoint(newest);
        var (zh, en) = ledger.Key is { } path ? ($"分区 {path} 的台账", $"The ledger of partition {path}") : ("台账", "The ledger");
        output.WriteLine(
            $"{zh} {newest.TreeSize} 行，签名有效{(before is null ? "" : $"，与以前保存的检查点（{before.TreeSize} 行）一致")}；回执 {receipts.Count} 张，"
            + $"不符 {faults} 张。",
            $"{en} has {newest.TreeSize} rows, "
            + $"signed{(before is null ? "" : $", consistent with the checkpoint kept before ({before.TreeSize} rows)")}; "
            + $"{receipts.Count} receipts, {faults} do not hold.");
        return faults;
    }

    private static List<OutboxEntry> SelectReceipts(OutboxFolder outbox, string[] ids)
    {
        var all = outbox.Answered().Where(entry => entry.Receipt is not null).ToList();
        return ids.Length == 0 ? all : [.. ids.Select(id => all.Find(entry => entry.Id.ToString("D") == id)
            ?? throw new CommandException(ExitCodes.Usage, $"发件箱里没有 {id} 的回执。", $"The outbox has no receipt of {id}."))];
    }
}

/// <summary>No entries, for the ledger of the whole tree.</summary>
internal sealed class NoEntries : List<OutboxEntry>, IGrouping<string?, OutboxEntry>
{
    public string? Key => null;
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
