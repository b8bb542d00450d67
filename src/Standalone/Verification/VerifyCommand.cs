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
        string[] files = options.ServerDatabases is null
            ? [.. options.Ledgers.All(partitions).Concat(options.Cubes.All(partitions)).Select(database => database.Name), options.KeyPath]
            : [options.KeyPath];
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

        foreach (var ledger in ledgers)
        {
            using var signer = CheckpointSigner.Load(options.KeyPath, ledger.PartitionPath);
            if (VerifyLog(console, ledger, signer, catalogues) is { } failed)
            {
                return failed;
            }
        }

        if (partitions.AreSeveral)
        {
            console.WriteNote(new("  台账按分区设置：本次只核对各分区的台账。", "  Each partition has a ledger: this verified the ledgers alone."));
            return console.WriteVerified();
        }

        using var key = CheckpointSigner.Load(options.KeyPath);
        return VerifyResults(console, options, ledgers[0], key, catalogues);
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
        VerificationConsole console, StandaloneOptions options, LedgerStore ledger, CheckpointSigner signer, CatalogueSource catalogues)
    {
        if (CubeComparison.FindForeignLedger(options, ledger) is { } evidence)
        {
            return console.FailForeignLedger(evidence);
        }

        var cube = console.Step(
            "重算全部结果", "Recomputing all results", () => CubeComparison.Compare(options, ledger, signer, catalogues.Current));
        console.WriteOutcome(
            cube.Differences, cube.Differences.Count,
            $"结果（至台账第 {cube.Through} 号）：汇总 {cube.Totals}、排名 {cube.Rankings}、预警 {cube.Alerts} 项",
            $"Results through row {cube.Through}: {cube.Totals} totals, {cube.Rankings} rankings, {cube.Alerts} alerts");
        if (cube.Differences.Count > 0)
        {
            return console.FailResults(cube.Differences.Count);
        }

        foreach (var note in cube.Notes)
        {
            console.WriteNote(note);
        }

        return console.WriteVerified();
    }
}
