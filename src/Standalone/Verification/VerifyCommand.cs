using System.Data;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Verification;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>
/// Recomputes everything from the ledger: the Merkle log, what stands, and by the oracle every total, ranking and alert,
/// which must be those of the cube and those last published. Reads only; the service may be running.
/// </summary>
internal static class VerifyCommand
{
    private const int MaxFaultsShown = 20;

    public static async Task<int> RunAsync(StandaloneOptions options)
    {
        var console = new ServiceConsole(options.English);
        foreach (var file in options.ServerDatabases is null ? [options.Ledger.Name, options.Cube.Name, options.KeyPath] : new[] { options.KeyPath })
        {
            if (!File.Exists(file))
            {
                return console.Fail($"找不到 {file}:请用 --data 指定服务的数据目录。", $"{file} does not exist: name the service's data folder with --data.");
            }
        }

        return await console.RunGuardedAsync(options, () => Task.FromResult(RunGuarded(options, console)));
    }

    // A file that hands were at may fail anywhere; that too is an answer, and no stack trace.
    private static int RunGuarded(StandaloneOptions options, ServiceConsole console)
    {
        try
        {
            return Run(options, console);
        }
        catch (Exception exception) when (exception is DamagedDataException || (StorageFault.FromException(exception, options.StoreName) is null
            && exception is DbException or DataException or InvalidDataException or JsonException or FormatException or InvalidCastException))
        {
            console.WriteLine($"✗ 核对未通过:{options.Ledger.Name} 或 {options.Cube.Name} 无法读取:{exception.Message} 由旧版本写成的,先{(options.ServerDatabases is null ? "启动一次服务,它会自动升级" : "运行 xilin-admin migrate")};否则请从备份恢复。",
                $"✗ Not verified: {options.Ledger.Name} or {options.Cube.Name} cannot be read: {exception.Message} If an earlier version wrote it, {(options.ServerDatabases is null ? "start the service once, which brings it up to date" : "run xilin-admin migrate")}; else restore it from a backup.");
            return 1;
        }
    }

    private static int Run(StandaloneOptions options, ServiceConsole console)
    {
        using var catalogues = new CatalogueSource(new CatalogueSourceOptions { Folder = options.CatalogueFolder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        using var signer = CheckpointSigner.Load(options.KeyPath);
        var ledger = new LedgerStore(options.Ledger.AsReadOnly());
        if (IsCatalogueRejected(console, catalogues, ledger))
        {
            return 1;
        }

        var log = Step(console, "核对台账", "Verifying the log", () => new LedgerVerifier(ledger, signer, catalogues).Verify());
        Report(console, log.Faults, log.FaultCount, $"台账 {log.Rows} 号、检查点 {log.Checkpoints} 个", $"The log: {log.Rows} rows, {log.Checkpoints} checkpoints");
        if (log.Rows == 0)
        {
            console.WriteLine($"  台账 {options.Ledger.Name} 中一行也没有。本应有数据的,请核对 {(options.ServerDatabases is null ? "--data" : "ConnectionStrings__Ledger")} 是否指对了地方。",
                $"  The ledger {options.Ledger.Name} holds no row. If there should be some, see whether {(options.ServerDatabases is null ? "--data" : "ConnectionStrings__Ledger")} names the right one.");
        }

        if (log.IsSignedByAnotherKey)
        {
            console.WriteLine($"✗ 核对未通过:没有一个检查点带有 {options.KeyPath} 的签名:这不是签署本台账的密钥。请从备份恢复密钥,再核对一次。",
                $"✗ Not verified: no checkpoint carries the signature of {options.KeyPath}: it is not the key that signed this ledger. Restore the key from a backup, then verify again.");
            return 1;
        }

        if (log.FaultCount > 0)
        {
            // What the log does not vouch for proves nothing about the cube: each of its faults would come back in a hundred results.
            console.WriteLine($"✗ 核对未通过:台账有 {log.FaultCount} 处不符。台账修复之前不比对结果:请从备份恢复 {options.Ledger.Name},再核对一次。",
                $"✗ Not verified: the log has {log.FaultCount} faults. The results are not compared until it is mended: restore {options.Ledger.Name} from a backup, then verify again.");
            return 1;
        }

        if (CubeComparison.FindForeignLedger(options, ledger) is { } foreign)
        {
            console.WriteLine($"✗ 核对未通过:台账无误,但结果不是由这份台账得出的:{foreign.Zh}。若 {options.Ledger.Name} 是从备份恢复的,请停止服务,换回更新的那一份;没有更新的,启动服务即可:它会发现并由这份台账重新得出全部结果。",
                $"✗ Not verified: the log holds, but the results were not made from it: {foreign.En}. If {options.Ledger.Name} was restored from a backup, stop the service and put the newer one back; if there is none, start the service: it notices, and makes all results anew from this ledger.");
            return 1;
        }

        var cube = Step(console, "重算全部结果", "Recomputing all results", () => CubeComparison.Compare(options, ledger, catalogues.Current));
        Report(console, cube.Differences, cube.Differences.Count, $"结果(至台账第 {cube.Through} 号):汇总 {cube.Totals}、排名 {cube.Rankings}、预警 {cube.Alerts} 项",
            $"Results through row {cube.Through}: {cube.Totals} totals, {cube.Rankings} rankings, {cube.Alerts} alerts");
        if (cube.Differences.Count > 0)
        {
            console.WriteLine($"✗ 核对未通过:台账无误,结果有 {cube.Differences.Count} 处不符。请重启服务;仍有不符的,停止服务、移走 {options.Cube.Name}{(options.ServerDatabases is null ? "" : ",另建一个空的数据库并运行 xilin-admin migrate")},再启动,结果将由台账重建。",
                $"✗ Not verified: the log holds, but {cube.Differences.Count} results differ. Restart the service; if they still do, stop it, move {options.Cube.Name} away{(options.ServerDatabases is null ? "" : ", make an empty database in its place, run xilin-admin migrate")} and start it again: it is rebuilt from the log.");
            return 1;
        }

        foreach (var note in cube.Notes)
        {
            console.WriteLine(note.Zh, note.En);
        }

        console.WriteLine("✓ 核对通过。", "✓ Verified.");
        return 0;
    }

    // What the service would not start with proves nothing: it is told first.
    private static bool IsCatalogueRejected(ServiceConsole console, CatalogueSource catalogues, LedgerStore ledger)
    {
        try
        {
            catalogues.SetApproval((catalogue, _) => LedgerCatalogueGuard.Check(ledger, catalogue));
            return false;
        }
        catch (CatalogueFaultsException exception)
        {
            Report(console, [.. exception.Faults.Select(fault => console.Localize(fault.ToStringZh(), fault.ToString()))], exception.Faults.Count, "目录", "The catalogue");
            console.WriteLine($"✗ 核对未通过:目录有 {exception.Faults.Count} 处与已有数据不符,服务也不会用它启动。请改正目录,再核对一次。",
                $"✗ Not verified: the catalogue has {exception.Faults.Count} faults against the figures that there are, and the service does not start with it. Mend the catalogue, then verify again.");
            return true;
        }
    }

    private static T Step<T>(ServiceConsole console, string zh, string en, Func<T> work) =>
        Console.IsOutputRedirected ? work() : AnsiConsole.Status().Start(console.Localize(zh, en), _ => work());

    private static void Report(ServiceConsole console, IReadOnlyList<string> faults, long count, string zh, string en)
    {
        if (count == 0)
        {
            console.WriteLine($"✓ {zh}:无误。", $"✓ {en}: no fault.");
            return;
        }

        console.WriteLine($"✗ {zh}:{count} 处不符。", $"✗ {en}: {count} faults.");
        foreach (var fault in faults.Take(MaxFaultsShown))
        {
            Console.WriteLine("  " + fault);
        }

        if (count > MaxFaultsShown)
        {
            console.WriteLine($"  ……另有 {count - MaxFaultsShown} 处", $"  … and {count - MaxFaultsShown} more");
        }
    }
}
