using XilinIngest.Client.Files;
using XilinIngest.Client.Proofs;
using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Commands;

/// <summary><c>xilin verify FILE…</c>: proof files, without a connection.</summary>
internal static class VerifyProofFiles
{
    public static async Task<int> RunAsync(
        ClientSettings settings, IReadOnlyList<string> named, string? keysFile, TrustPolicy? policy, ConsoleOutput output,
        CancellationToken cancellationToken)
    {
        var files = FilePatterns.Expand(named).Files;
        var keys = keysFile is null ? PinnedKeys.ReadFile(settings.Outbox) : PinnedKeyFile.ReadPublished(keysFile);
        var check = new ProofFileCheck(keys, policy);

        // Nothing is asked: the copy that was kept last has the names.
        var catalogue = await CommandSetup.LoadCatalogueAsync(settings with { Server = null }, output, cancellationToken);
        var printer = new ProvenRowPrinter(catalogue, output);
        var faults = 0;
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (proven, fault) = check.Check(Load(file));
            if (proven is null)
            {
                faults++;
                output.WriteLine($"✗ {file}：{fault!.Value.Zh}", $"✗ {file}: {fault.Value.En}");
                continue;
            }

            output.WriteLine($"✓ {file}：属实", $"✓ {file}: holds");
            printer.Print(proven);
        }

        output.WriteLine(
            $"核对证明文件 {files.Count} 个，不符 {faults} 个；公钥：{(keysFile ?? "首次使用时记下的")}。",
            $"{files.Count} proof files, {faults} do not hold; keys: {(keysFile ?? "those pinned at first use")}.");
        return faults > 0 ? ExitCodes.Refused : ExitCodes.Accepted;
    }

    // A file that is too large for a proof is read so far that this is seen.
    private static byte[] Load(string path) =>
        new FileInfo(path) is { Exists: true, Length: > TlogProof.MaxBytes } ? [] : SubmissionFileReader.Load(path).Bytes;
}
