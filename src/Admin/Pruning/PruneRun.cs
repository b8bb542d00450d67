using System.Globalization;
using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Pruning;
using XilinIngest.Hosting;
using XilinIngest.Notifier;
using XilinIngest.Notifier.Notices;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Pruning;

/// <summary>Prunes the databases of an installation, in small transactions beside the services that work on them.</summary>
internal sealed class PruneRun(ServiceConsole console, Installation installation, PruneRequest request, TimeProvider clock)
{
    private const int MessagesPerBatch = 100;
    private const int RowsPerBatch = 200;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly string _madeBy = $"{Environment.UserName}@{Environment.MachineName}";
    private long _done;
    private long _progressAt;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (installation.Settings.ReportFaults(console))
        {
            return 1;
        }

        List<Store> cubes = [.. installation.Of(StoreKind.Cube).Select(Writable)];
        var notices = installation.Of(StoreKind.Notices).Where(store => !IsMissing(store)).Select(Writable).FirstOrDefault();
        if (FindFault(cubes, notices) is { } fault)
        {
            return fault;
        }

        // The leases are taken first, so that no service starts in between.
        using var leases = request is { Compacts: true, IsDryRun: false } ? new FileLeases([.. cubes, .. Given(notices)]) : null;
        if (leases?.InUse is { } inUse)
        {
            return console.Fail(
                $"{inUse} 正在使用：--compact 须先停止服务。", $"{inUse} is in use: stop the services before --compact.");
        }

        var olderThan = clock.GetUtcNow().AddYears(-request.Years);
        var plan = PrunePlan.Read(cubes, notices, olderThan);
        if (plan.IsEmpty)
        {
            console.WriteLine(
                $"没有可清理的内容：{Day(olderThan)} 以前的旧版本和通知都已清理，或仍需保留。",
                $"There is nothing to prune: no old version and no settled notice from before {Day(olderThan)}.");
            EndRuns(request.IsDryRun ? [] : cubes, request.IsDryRun ? null : notices, olderThan);
        }
        else
        {
            plan.Print(console);
            if (!ArchiveCheck.Run(console, request, plan.Years))
            {
                return 1;
            }

            if (request.IsDryRun)
            {
                console.WriteLine("仅预览，什么都没有改动。", "Only shown; nothing was changed.");
                return 0;
            }

            if (Confirm(olderThan) is { } declined)
            {
                return declined;
            }

            await PruneAsync(plan, olderThan, cancellationToken);
        }

        leases?.Compact(console);
        return 0;
    }

    private static bool IsMissing(Store store) =>
        store.Database.Provider == StorageProvider.Sqlite && !File.Exists(store.Database.Name);

    private static Store Writable(Store store) => store with { Database = store.Database.AsWritable() };

    private static IEnumerable<Store> Given(Store? store) => store is null ? [] : [store];

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // The exit code; null: there is something to work on.
    private int? FindFault(List<Store> cubes, Store? notices)
    {
        if (cubes.Count == 0 && notices is null)
        {
            return console.Fail(
                "找不到结果库：请用 --data 指定数据目录，或给出服务的设置（Storage__Provider、ConnectionStrings__Cube、ConnectionStrings__Notices）。",
                "There is no cube: name the data folder with --data, or give the settings of the services (Storage__Provider, "
                + "ConnectionStrings__Cube, ConnectionStrings__Notices).");
        }

        if (cubes.Find(IsMissing) is { } missing)
        {
            return console.Fail(
                $"{missing.Database.Name} 不存在。请用 --data 指定数据目录。",
                $"There is no {missing.Database.Name}. Name the data folder with --data.");
        }

        var outdated = cubes.Find(cube => AggregatorRegistration.FindMissingScripts(cube.Database).Count > 0)
            ?? (notices is not null && !NotifierRegistration.IsUpToDate(notices.Database) ? notices : null);
        return outdated is null ? null : console.Fail(
            $"{outdated.Database.Name} 不是本版本的数据库。请先升级：启动本版本的服务，数据库服务器上则运行 xilin-admin migrate。",
            $"{outdated.Database.Name} is not of this version. Upgrade it first: start the service of this version, or on a server run "
            + "xilin-admin migrate.");
    }

    // The exit code; null: go on.
    private int? Confirm(DateTimeOffset olderThan)
    {
        if (request.IsConfirmed)
        {
            return null;
        }

        if (Console.IsInputRedirected)
        {
            return console.Fail("什么都没有改动：请加 --yes 确认。", "Nothing was changed: confirm it with --yes.");
        }

        Console.Write(console.Localize(
            $"清理 {Day(olderThan)} 以前的上述内容，清理后只能从备份找回。输入 yes 继续：",
            $"Prune what is named above, from before {Day(olderThan)}? Only a backup brings it back. Type yes to go on: "));
        return Console.ReadLine()?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) == true
            ? null : console.Fail("什么都没有改动。", "Nothing was changed.");
    }

    // One that was broken off may have pruned all.
    private void EndRuns(IReadOnlyList<Store> cubes, Store? notices, DateTimeOffset olderThan)
    {
        foreach (var cube in cubes)
        {
            using var pruning = new CubePruning(cube.Database, olderThan, _madeBy, clock);
            pruning.EndRuns();
        }

        if (notices is not null)
        {
            using var store = new NoticeStore(notices.Database);
            store.EndPrunings(olderThan, clock.GetUtcNow());
        }
    }

    private async Task PruneAsync(PrunePlan plan, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var (messages, bytes, rows) = (0L, 0L, 0L);
        _progressAt = clock.GetTimestamp();
        foreach (var (store, _) in plan.Cubes)
        {
            using var pruning = new CubePruning(store.Database, olderThan, _madeBy, clock);
            for (var start = clock.GetTimestamp(); pruning.PruneNext(MessagesPerBatch) is { } batch; start = clock.GetTimestamp())
            {
                (messages, bytes) = (messages + batch.Messages, bytes + batch.Bytes);
                await PauseAsync(batch.Messages, plan, start, cancellationToken);
            }
        }

        if (plan.Notices is { } notices)
        {
            using var store = new NoticeStore(notices.Store.Database);
            long? run = null;
            while (true)
            {
                var start = clock.GetTimestamp();
                var batch = store.PruneAs(run, olderThan, RowsPerBatch, _madeBy, clock.GetUtcNow());
                var deleted = batch.Notices + batch.Events + batch.Runs;
                if (deleted == 0)
                {
                    break;
                }

                (run, rows) = (batch.Run, rows + deleted);
                await PauseAsync(deleted, plan, start, cancellationToken);
            }
        }

        console.WriteLine(
            $"✓ 已清理 {messages:N0} 条消息的旧版本（文本减少 {PrunePlan.Megabytes(bytes)} MB），删除旧通知、预警事件和催报 {rows:N0} 条。",
            $"✓ Pruned the old versions of {messages:N0} messages ({PrunePlan.Megabytes(bytes)} MB of text), and deleted {rows:N0} old "
            + "notices, alert events and runs of reminders.");
        PrintSpace();
    }

    // Services get at least as much of the time as this command.
    private async Task PauseAsync(long done, PrunePlan plan, long start, CancellationToken cancellationToken)
    {
        _done += done;
        if (clock.GetElapsedTime(_progressAt) >= ProgressInterval)
        {
            _progressAt = clock.GetTimestamp();
            console.WriteLine(
                $"  已清理 {_done:N0}，共 {plan.Messages + plan.Rows:N0}", $"  {_done:N0} of {plan.Messages + plan.Rows:N0} pruned");
        }

        var elapsed = clock.GetElapsedTime(start);
        await Task.Delay(elapsed > ShortestPause ? elapsed : ShortestPause, clock, cancellationToken);
    }

    private void PrintSpace()
    {
        if (installation.Of(StoreKind.Cube).All(cube => cube.Database.Provider != StorageProvider.Sqlite))
        {
            console.WriteLine(
                "  空出的空间由后续数据使用。要归还磁盘，PostgreSQL 上请在停止服务后以表的所有者执行 VACUUM FULL publication。",
                "  The space is used by what comes next. To give it back to the disk on PostgreSQL, run VACUUM FULL publication as the "
                + "owner of the table, with the services stopped.");
        }
        else if (!request.Compacts)
        {
            console.WriteLine(
                "  文件大小不变，空出的空间由后续数据使用。要归还磁盘，请停止服务，再以 --compact 运行一次。",
                "  The files keep their size, and what comes next uses the space. To give it back to the disk, stop the service and run "
                + "this again with --compact.");
        }
    }
}
