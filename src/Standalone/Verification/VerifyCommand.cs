using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Verification;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
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
    private const int Shown = 20;

    public static async Task<int> RunAsync(StandaloneOptions options)
    {
        var say = new Say(options.English);
        foreach (var file in new[] { options.LedgerPath, options.CubePath, options.KeyPath })
        {
            if (!File.Exists(file))
            {
                return say.Fail($"找不到 {file}:请用 --data 指定服务的数据目录。", $"{file} does not exist: name the service's data folder with --data.");
            }
        }

        return await say.Guard(options.DataFolder, () => Task.FromResult(Run(options, say)));
    }

    private static int Run(StandaloneOptions options, Say say)
    {
        using var catalogues = new CatalogueSource(new CatalogueSourceOptions { Folder = options.CatalogueFolder }, TimeProvider.System, NullLogger<CatalogueSource>.Instance);
        using var signer = CheckpointSigner.LoadOrCreate(options.KeyPath);
        var ledger = new LedgerStore(new Database(options.LedgerPath, readOnly: true));
        var log = Step(say, "核对台账", "Verifying the log", () => new LedgerVerifier(ledger, signer, catalogues).Verify());
        Report(say, log.Faults, log.FaultCount, $"台账 {log.Rows} 号、检查点 {log.Checkpoints} 个", $"The log: {log.Rows} rows, {log.Checkpoints} checkpoints");
        if (log.FaultCount > 0)
        {
            // What the log does not vouch for proves nothing about the cube: each of its faults would come back in a hundred results.
            say.Line($"✗ 核对未通过:台账有 {log.FaultCount} 处不符。台账修复之前不比对结果:请从备份恢复 ledger.db,再核对一次。",
                $"✗ Not verified: the log has {log.FaultCount} faults. The results are not compared until it is mended: restore ledger.db from a backup, then verify again.");
            return 1;
        }

        var cube = Step(say, "重算全部结果", "Recomputing all results", () => CompareCube(options, ledger, catalogues.Current));
        Report(say, cube.Differences, cube.Differences.Count, $"结果(至台账第 {cube.Through} 号):汇总 {cube.Totals}、排名 {cube.Rankings}、预警 {cube.Alerts} 项",
            $"Results through row {cube.Through}: {cube.Totals} totals, {cube.Rankings} rankings, {cube.Alerts} alerts");
        if (cube.Differences.Count > 0)
        {
            say.Line($"✗ 核对未通过:台账无误,结果有 {cube.Differences.Count} 处不符。请重启服务;仍有不符的,停止服务、移走 cube.db 后再启动,结果将由台账重建。",
                $"✗ Not verified: the log holds, but {cube.Differences.Count} results differ. Restart the service; if they still do, stop it, move cube.db away and start it again: it is rebuilt from the log.");
            return 1;
        }

        say.Line("✓ 核对通过。", "✓ Verified.");
        return 0;
    }

    private static CubeComparison CompareCube(StandaloneOptions options, LedgerStore ledger, Catalogue catalogue)
    {
        using var connection = new Database(options.CubePath, readOnly: true).Open();
        using var snapshot = Database.BeginRead(connection);
        var position = CubeStore.ReadPosition(connection);
        var numbers = IndicatorNumbers.Load(connection, snapshot, []);
        var cube = new Aggregator.Cube.Cube(catalogue);
        foreach (var (unit, period, data) in CubeStore.ReadStanding(connection))
        {
            cube.Restore(CubeHost.UnitOf(catalogue, new UnitCode(unit)), period, StandingCodec.Decode(data, numbers));
        }

        cube.Recompute();
        var now = CubeStore.ReadLastPublishedAt(connection) is { } text
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : TimeProvider.System.GetUtcNow();
        var oracle = Oracle.Of(catalogue, AcceptedPacks.UpTo(ledger, position.AppliedThrough, catalogue), now);
        var differences = CubeVerifier.Compare(cube, oracle, now).Concat(SaidVerifier.Compare(CubeStore.ReadNewest(connection), oracle)).Select(difference => difference.ToString()).ToList();
        var last = CubeStore.ReadLastVintage(connection);
        if (position.PublishedThrough < last)
        {
            differences.Add($"results {position.PublishedThrough + 1} to {last} are stored and not yet published: start the service, it publishes them.");
        }

        return new CubeComparison(position.AppliedThrough, oracle.Totals.Count, oracle.Rankings.Count, oracle.Alerts.Count, differences);
    }

    private static T Step<T>(Say say, string zh, string en, Func<T> work) =>
        Console.IsOutputRedirected ? work() : AnsiConsole.Status().Start(say.Text(zh, en), _ => work());

    private static void Report(Say say, IReadOnlyList<string> faults, long count, string zh, string en)
    {
        if (count == 0)
        {
            say.Line($"✓ {zh}:无误。", $"✓ {en}: no fault.");
            return;
        }

        say.Line($"✗ {zh}:{count} 处不符。", $"✗ {en}: {count} faults.");
        foreach (var fault in faults.Take(Shown))
        {
            Console.WriteLine("  " + fault);
        }

        if (count > Shown)
        {
            say.Line($"  ……另有 {count - Shown} 处", $"  … and {count - Shown} more");
        }
    }

    private sealed record CubeComparison(long Through, int Totals, int Rankings, int Alerts, IReadOnlyList<string> Differences);
}
