using System.CommandLine;
using System.Globalization;
using System.Net;
using XilinIngest.Client.Outbox;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin receipt save</c></summary>
internal static class ReceiptCommand
{
    private const int MaxNamePart = 32;

    public static Command Build(GlobalOptions options, ConsoleOutput output)
    {
        var receipts = new Argument<string[]>("RECEIPT")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = output.Text(
                "报送编号，或台账号；不给则是发件箱里的全部回执。",
                "Submission ids, or numbers of ledger rows; default: every receipt in the outbox."),
        };
        var partition = new Option<string?>("--partition")
        {
            HelpName = "PATH",
            Description = output.Text(
                "台账号所在的分区，如 32.04.04.004；没有分区的不写。",
                "The partition of the ledger rows, such as 32.04.04.004; only where the tree is split."),
        };
        var folder = new Option<string>("--out")
        {
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
            Description = output.Text("存到哪个文件夹（默认：当前）。", "The folder to write to (default: this one)."),
        };
        var newest = new Option<bool>("--newest")
        {
            Description = output.Text(
                "以最新的检查点证明（至今仍在台账里），而不是回执上的。",
                "Prove it at the newest checkpoint (it is still in the ledger), in place of the receipt's."),
        };
        var force = new Option<bool>("--force") { Description = output.Text("覆盖已有的文件。", "Overwrite a file that is there.") };
        var save = new Command("save", output.Text(
            """
            把回执存成证明文件（单位-月份-台账号.tlog-proof）：里面是台账的那一行、散列和签名的检查点，以后用 xilin verify 不联网即可核对。
            文件含所报的数，请像报表一样保管。写入以前先核对；已有的文件不覆盖。
              例：xilin receipt save --out 回执 --server http://127.0.0.1:5080
              退出码：0 全部已存；1 有的没有存（不属实、服务没有，或已有别的文件）；2 用法有误；3 连不上服务；4 写不了文件。
            """,
            """
            Saves receipts as proof files (unit-month-row.tlog-proof): each has its ledger row, hashes and the signed checkpoint,
            and xilin verify checks it without a connection. The file holds the figures that were reported: keep it as you keep
            the report. It is verified before it is written, and no other file is overwritten.
              Example: xilin receipt save --out receipts --server http://127.0.0.1:5080
              Exit codes: 0 all saved; 1 some not (untrue, unknown to the service, or another file is there); 2 wrong usage;
              3 the service cannot be reached; 4 a file cannot be written.
            """)) { receipts, partition, folder, newest, force };
        save.SetAction((result, cancellation) => ServiceRequests.TranslateFaultsAsync(() => RunAsync(
            options.Read(result, TransportMode.Server), result.GetValue(receipts) ?? [],
            new(result.GetValue(partition), result.GetValue(folder)!, result.GetValue(newest), result.GetValue(force)), output,
            cancellation)));
        return new Command("receipt", output.Text(
            "回执存成证明文件。例：xilin receipt save --out 回执 --server http://127.0.0.1:5080",
            "Receipts as proof files. Example: xilin receipt save --out receipts --server http://127.0.0.1:5080")) { save };
    }

    private static async Task<int> RunAsync(
        ClientSettings settings, string[] named, SaveRequest request, ConsoleOutput output, CancellationToken cancellationToken)
    {
        using var service = settings.CreateHttpClient();
        service.MaxResponseContentBufferSize = TlogProof.MaxBytes;
        using var outbox = await CommandSetup.OpenOutboxAsync(settings, output, cancellationToken);
        var rows = SelectRows(outbox, named, request.Partition);

        // Kept for the names that are shown where there is no connection.
        await CommandSetup.LoadCatalogueAsync(settings, output, cancellationToken);
        var keys = (await VerifyReceiptsCommand.PinAsync(service, outbox, output, cancellationToken)).File;
        var saved = 0;
        foreach (var row in rows)
        {
            if (await SaveAsync(service, keys, row, request, output, cancellationToken) is { } fault)
            {
                output.WriteErrorLine($"✗ {row.Name}：{fault.Zh}", $"✗ {row.Name}: {fault.En}");
            }
            else
            {
                saved++;
            }
        }

        output.WriteLine($"回执 {rows.Count} 张，已存 {saved} 张。", $"{rows.Count} receipts, {saved} saved.");
        return saved < rows.Count ? ExitCodes.Refused : ExitCodes.Accepted;
    }

    /// <returns>Why it was not saved; null: it was, or had been before.</returns>
    private static async Task<(string Zh, string En)?> SaveAsync(
        HttpClient service, PinnedKeyFile keys, SavedRow row, SaveRequest request, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        byte[] file;
        try
        {
            var partition = row.Partition is null ? "" : $"&partition={Uri.EscapeDataString(row.Partition)}";
            file = await service.GetFileAsync(
                string.Create(CultureInfo.InvariantCulture, $"api/submissions/{row.Sequence}/proof?checkpoint=")
                + $"{(request.Newest ? "newest" : "receipt")}{partition}", cancellationToken);
        }
        catch (HttpRequestException exception)
        when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            return ($"服务没有给出证明：{exception.Message}", $"the service gives no proof: {exception.Message}");
        }

        var (proven, fault) = new ProofFileCheck(keys).Check(file);
        if (proven is null)
        {
            return fault;
        }

        if (proven.Checkpoint.Origin != keys.OriginOf(row.Partition) || proven.Row.Sequence != row.Sequence
            || row.Body is not null && proven.Row.Body != row.Body)
        {
            return ("台账里的这一行不是所报的内容。", "the row of the ledger is not what was sent.");
        }

        var path = Path.Combine(request.Folder, NameOf(proven, row.Partition, request.Newest));
        return Write(path, file, request.Force, output);
    }

    private static (string Zh, string En)? Write(string path, byte[] file, bool force, ConsoleOutput output)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(file))
        {
            output.WriteLine($"= {path}：已有", $"= {path}: is there already");
            return null;
        }

        if (Path.Exists(path) && !force)
        {
            return ($"{path} 已有别的内容，没有覆盖。用 --out 另存，或用 --force 覆盖。",
                $"{path} is there with other content and was left alone. Name another folder with --out, or overwrite it with --force.");
        }

        AtomicFile.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(Path.GetFullPath(path), file);
        output.WriteLine($"✓ {path}", $"✓ {path}");
        return null;
    }

    // The file's own row names it. What an office sent as its unit may be anything, so other letters are left out.
    private static string NameOf(ProvenRow proven, string? partition, bool isNewest) => string.Join('-', new[]
    {
        Safe(proven.Row.Unit), Safe(proven.Row.Period), Safe(partition),
        proven.Row.Sequence.ToString(CultureInfo.InvariantCulture),
        isNewest ? string.Create(CultureInfo.InvariantCulture, $"at-{proven.Checkpoint.Size}") : null,
    }.Where(part => !string.IsNullOrEmpty(part))) + TlogProof.Extension;

    private static string? Safe(string? text) => text is { Length: <= MaxNamePart }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.') && !text.StartsWith('.') ? text : null;

    private static List<SavedRow> SelectRows(OutboxFolder outbox, string[] named, string? partition)
    {
        var all = outbox.Answered().Where(entry => entry.Receipt is not null).ToList();
        return named.Length == 0
            ? [.. all.Select(SavedRow.Of)]
            : [.. named.Select(name =>
                long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                    ? new SavedRow($"#{name}", sequence, partition, Body: null)
                    : all.Find(entry => entry.Id.ToString("D") == name) is { } entry
                    ? SavedRow.Of(entry)
                    : throw new CommandException(ExitCodes.Usage, $"发件箱里没有 {name} 的回执。", $"The outbox has no receipt of {name}."))];
    }

    private sealed record SaveRequest(string? Partition, string Folder, bool Newest, bool Force);

    private sealed record SavedRow(string Name, long Sequence, string? Partition, string? Body)
    {
        public static SavedRow Of(OutboxEntry entry) =>
            new($"{entry.Id:D} {entry.Unit} {entry.Period}", entry.Receipt!.Sequence, entry.Receipt.Partition, entry.Body);
    }
}
