using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Standalone;

/// <summary>
/// Recomputes everything from the ledger and compares: the Merkle log, the effective values, and by the oracle every total, ranking and
/// alert of the cube and of the published results. Reads only; the service may be running.
/// </summary>
internal static class VerifyCommand
{
    public static async Task<int> RunAsync(StandaloneOptions options)
    {
        var console = new VerificationConsole(options);
        var partitions = PartitionFile.Read(options.CatalogueFolder);
        var keys = new SigningKeyFiles(options.KeyPath).All;
        string[] files = options.ServerDatabases is null
            ? [.. options.Ledgers.All(partitions).Concat(options.Cubes.All(partitions)).Select(database => database.Name), .. keys]
            : [.. keys];
        if (Array.Find(files, file => !File.Exists(file)) is { } missing)
        {
            return console.FailMissingFile(missing);
        }

        return await new ServiceConsole(options.English).RunGuardedAsync(options, () => Task.FromResult(RunGuarded(options, console)));
    }

    // A file that was edited by hand may fail in any reader; the finding is printed without a stack trace.
    private static int RunGuarded(StandaloneOptions options, VerificationConsole console)
    {
        try
        {
            return Run(options, console);
        }
        catch (Exception exception)
        when (exception is DamagedDataException || (StorageFault.FromException(exception, options.StoreName) is null
            && exception is DbException or DataException or InvalidDataException or JsonException or FormatException
            or InvalidCastException))
        {
            return console.FailUnreadable(exception);
        }
    }

    private static int Run(StandaloneOptions options, VerificationConsole console)
    {
        using var catalogues = new CatalogueSource(
            new CatalogueSourceOptions { Folder = options.CatalogueFolder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        var partitions = catalogues.Current.Partitions;
        List<LedgerStore> ledgers =
            [.. partitions.All.Select(partition => new LedgerStore(options.Ledgers.Of(partition).AsReadOnly(), partition))];
        if (FindCatalogueFaults(catalogues, ledgers) is { Count: > 0 } faults)
        {
            return console.FailCatalogue(faults);
        }

        var signers = ledgers.Select(ledger => CheckpointSigner.Load(options.KeyPath, ledger)).ToList();
        return ledgers.Zip(signers, (ledger, signer) => VerifyLog(console, ledger, signer, catalogues))
            .FirstOrDefault(failed => failed is not null)
            ?? VerifyResults(console, [.. partitions.All.Select((partition, i) => new ComparedStores(
                partition, options.Cubes.Of(partition), ledgers[i], signers[i]))], catalogues);
    }

    // The service would not start with this catalogue, so nothing else is compared.
    private static IReadOnlyList<CatalogueFault> FindCatalogueFaults(CatalogueSource catalogues, List<LedgerStore> ledgers)
    {
        try
        {
            catalogues.SetApproval(
                (catalogue, _) => [.. ledgers.SelectMany(ledger => LedgerCatalogueGuard.Check(ledger, catalogue)).Distinct()]);
            return [];
        }
        catch (CatalogueFaultsException exception)
        {
            return exception.Faults;
        }
    }

    /// <returns>The exit code if the log has faults; null: it has none.</returns>
    private static int? VerifyLog(VerificationConsole console, LedgerStore ledger, CheckpointSigner signer, CatalogueSource catalogues)
    {
        var log = console.Step("核对台账", "Verifying the log", () => new LedgerVerifier(ledger, signer, catalogues).Verify());
        var (zh, en) = ledger.PartitionPath is { } path ? ($"分区 {path} 的台账", $"The log of partition {path}") : ("台账", "The log");
        console.WriteOutcome(
            log.Faults, log.FaultCount, $"{zh} {log.Rows} 号、检查点 {log.Checkpoints} 个",
            $"{en}: {log.Rows} rows, {log.Checkpoints} checkpoints");
        if (log.Rows == 0)
        {
            console.WriteEmptyLedger(ledger.Name);
        }

        if (log.IsSignedByAnotherKey)
        {
            return console.FailForeignKey();
        }

        // The results are not compared with a log that has faults: each fault would cause differences in a hundred results.
        return log.FaultCount > 0 ? console.FailLog(ledger.Name, log.FaultCount) : null;
    }

    private static int VerifyResults(
        VerificationConsole console, IReadOnlyList<ComparedStores> stores, CatalogueSource catalogues)
    {
        if (stores.Select(each => (each.Ledger.Name, Evidence: each.FindForeignLedger()))
            .FirstOrDefault(found => found.Evidence is not null)
            is (var ledger, { } evidence))
        {
            return console.FailForeignLedger(ledger, evidence);
        }

        var cube = console.Step("重算全部结果", "Recomputing all results", () => CubeComparison.Compare(stores, catalogues.Current));
        var (zh, en) = stores.Count > 1
            ? ($"结果（{stores.Count} 个分区台账共 {cube.Through} 号）", $"Results through {cube.Through} rows of {stores.Count} ledgers")
            : ($"结果（至台账第 {cube.Through} 号）", $"Results through row {cube.Through}");
        console.WriteOutcome(
            cube.Differences, cube.Differences.Count,
            $"{zh}：汇总 {cube.Totals}、排名 {cube.Rankings}、预警 {cube.Alerts} 项",
            $"{en}: {cube.Totals} totals, {cube.Rankings} rankings, {cube.Alerts} alerts");
        if (cube.Differences.Count > 0)
        {
            return console.FailResults(cube.Differences.Count);
        }

        foreach (var note in cube.Notes)
        {
            console.WriteNote(note);
        }

        return cube.NotCompared > 0 ? console.WriteNotCompared(cube.NotCompared) : console.WriteVerified();
    }
}
