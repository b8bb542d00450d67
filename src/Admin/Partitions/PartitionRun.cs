using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Report;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Admin.Partitions;

/// <summary>What is to be done.</summary>
/// <param name="Ledgers">The databases of the ledgers, the present and the new ones.</param>
/// <param name="Cubes">The databases of the cubes; null: they are not files beside the ledgers.</param>
/// <param name="KeyPath">The signing key.</param>
/// <param name="CatalogueFolder">The catalogue with the new partitions.</param>
/// <param name="Former">The partitions of the present ledgers.</param>
internal sealed record PartitionRequest(
    PartitionDatabases Ledgers, PartitionDatabases? Cubes, string KeyPath, string CatalogueFolder, IReadOnlyList<Partition> Former);

/// <summary>
/// Replays the present ledgers into those of the catalogue's partitions, verifies the new ones, compares them with the present ones, and
/// lets them take their places. The present ledgers are locked meanwhile, and are never changed.
/// </summary>
internal sealed class PartitionRun(PartitionRequest request, ServiceConsole console, TimeProvider clock)
{
    private const int MaxShown = 20;

    private bool IsOnFiles => request.Ledgers.Installation.Provider == StorageProvider.Sqlite;

    private LedgerFiles Files => new(Path.GetDirectoryName(request.Ledgers.Installation.Name)!);

    /// <exception cref="AdminCommandException">The ledgers cannot be split as they are.</exception>
    public int Run()
    {
        using var catalogues = new CatalogueSource(
            new CatalogueSourceOptions { Folder = request.CatalogueFolder }, clock, NullLogger<CatalogueSource>.Instance);
        var partitions = catalogues.Current.Partitions;
        if (IsOnFiles && Files.IsSwitching(partitions.All, request.Ledgers.All(partitions.All)))
        {
            return Finish();
        }

        if (partitions.All.ToHashSet().SetEquals(request.Former))
        {
            throw new AdminCommandException(
                "目录的 partitions.csv 与现有台账的分区相同，没有可做的。请先写好新的 partitions.csv；原来已有分区的，用 --from 指明原来的文件。",
                "The catalogue's partitions.csv names the partitions that there are, so there is nothing to do. Write the new one first; "
                + "where there were partitions, name the former file with --from.");
        }

        if (!Copy(catalogues, partitions))
        {
            return 1;
        }

        if (!IsOnFiles)
        {
            return FinishOnServer();
        }

        TakeOverTexts(catalogues.Current);

        // A start with the new partitions may have left empty ledgers.
        List<Partition> all = [.. request.Former.Concat(partitions.All).Distinct()];
        Files.MarkVerified(clock.GetUtcNow(), [.. request.Ledgers.All(all), .. request.Cubes?.All(all) ?? []], partitions.All);
        return Finish();
    }

    private bool Copy(CatalogueSource catalogues, PartitionMap partitions)
    {
        List<LedgerStore> sources = [.. request.Former.Select(OpenSource)];
        var locks = sources.Select(source => source.Open()).ToList();
        var targets = new List<LedgerCopy>();
        try
        {
            using var held = new HeldTransactions([.. locks.Select(Database.BeginWrite)]);
            if (!VerifySources(sources, catalogues))
            {
                return false;
            }

            if (IsOnFiles)
            {
                Files.Begin();
            }

            var key = new SigningKey(request.KeyPath, LedgerOrigin.FindRecorded(sources));
            targets.AddRange(partitions.All.Select(partition => OpenTarget(partition, key, catalogues.Current)));
            var split = new LedgerSplit(sources, targets, catalogues);
            var rows = split.Copy(read => console.WriteLine($"  已写入 {read} 行……", $"  {read} rows written …"));
            console.WriteLine(
                $"✓ 已写入 {rows} 行，{targets.Count} 个台账。", $"✓ {rows} rows written into {EnglishNoun.Count(targets.Count, "ledgers")}.");
            return VerifyTargets(targets, catalogues) && AreSame(split);
        }
        finally
        {
            locks.ForEach(connection => connection.Dispose());
        }
    }

    private LedgerStore OpenSource(Partition partition)
    {
        var database = request.Ledgers.Of(partition);
        if (IsOnFiles && !File.Exists(database.Name))
        {
            throw new AdminCommandException(
                $"找不到台账 {database.Name}。请用 --data 指定数据目录；原来已有分区的，用 --from 指明原来的 partitions.csv。",
                $"There is no ledger {database.Name}. Name the data folder with --data; where there were partitions, name the former "
                + "partitions.csv with --from.");
        }

        WorkerRegistration.Check(database);
        return new LedgerStore(database, partition);
    }

    private LedgerCopy OpenTarget(Partition partition, SigningKey key, Catalogue catalogue)
    {
        var database = request.Ledgers.Of(partition);
        if (IsOnFiles)
        {
            if (!request.Former.Contains(partition) && File.Exists(database.Name))
            {
                LedgerCopy.EnsureEmpty(new LedgerStore(database.AsReadOnly(), partition));
            }

            database = Files.Staged(database);
            WorkerRegistration.Migrate(database, NullLogger.Instance);
        }
        else
        {
            WorkerRegistration.Check(database);
        }

        return new LedgerCopy(database, partition, key, catalogue, clock);
    }

    // With the partitions of the present ledgers: what else the catalogue changed must agree with their figures.
    private bool VerifySources(List<LedgerStore> sources, CatalogueSource catalogues)
    {
        var former = catalogues.Current.WithPartitions(request.Former);
        if (sources.SelectMany(source => LedgerCatalogueGuard.Check(source, former)).Distinct().ToList() is { Count: > 0 } faults)
        {
            throw new CatalogueFaultsException(request.CatalogueFolder, faults);
        }

        foreach (var source in sources)
        {
            CheckpointSigner.EnsureKept(request.KeyPath, source);
            var signer = CheckpointSigner.LoadMatching(request.KeyPath, source);
            if (!Report(source, new LedgerVerifier(source, signer, catalogues).Verify(), "现有台账", "The present ledger"))
            {
                return false;
            }
        }

        return true;
    }

    private bool VerifyTargets(List<LedgerCopy> targets, CatalogueSource catalogues) =>
        targets.TrueForAll(target => Report(target.Store, target.Verify(catalogues), "新台账", "The new ledger"));

    private bool Report(LedgerStore store, LedgerVerificationResult log, string zh, string en) =>
        Report(
            log.Faults, log.FaultCount, $"{zh} {store.Name}：{log.Rows} 行，检查点 {log.Checkpoints} 个",
            $"{en} {store.Name}: {log.Rows} rows, {log.Checkpoints} checkpoints");

    private bool AreSame(LedgerSplit split)
    {
        var differences = split.FindDifferences().ToList();
        return Report(differences, differences.Count, "新旧台账的有效数据", "The figures in force in the present and the new ledgers");
    }

    private bool Report(IReadOnlyList<string> faults, long count, string zh, string en)
    {
        if (count == 0)
        {
            console.WriteLine($"✓ {zh}：无误。", $"✓ {en}: no fault.");
            return true;
        }

        console.Fail($"✗ {zh}：{count} 处不符；台账未作切换。", $"✗ {en}: {count} faults; nothing was switched.");
        foreach (var fault in faults.Take(MaxShown))
        {
            console.Fail($"  {fault}", $"  {fault}");
        }

        return false;
    }

    private void TakeOverTexts(Catalogue catalogue)
    {
        var beside = request.Cubes is { } cubes
            && Path.GetDirectoryName(cubes.Installation.Name) == Path.GetDirectoryName(request.Ledgers.Installation.Name) ? cubes : null;
        var texts = beside is null ? 0 : EditedTextCopy.Run(
            beside.All(request.Former), catalogue, partition => Files.Staged(beside.Of(partition)));
        WriteWhatBeginsAnew();
        console.WriteLine(
            beside is null ? "! 报告中编辑过的文字没有带过来：结果库不在台账旁边。" : $"✓ 报告中编辑过的文字 {texts} 版已带入新的结果库。",
            beside is null ? "! The edited texts of reports are not taken over: the cube is not beside the ledger."
                : $"✓ {texts} versions of edited texts of reports are taken over into the new cubes.");
    }

    private void WriteWhatBeginsAnew() => console.WriteLine(
        "! 结果由新台账重建，从头开始的有：汇总和排名的版本、预警的历史、发布的时间。以前的在原来的结果库中。",
        "! The results are made anew from the new ledgers. What begins anew: the versions of totals and rankings, the history of alerts, "
        + "the times of releases. The former cubes have what there was.");

    private int Finish()
    {
        var kept = Files.Switch();
        console.WriteLine(
            $"✓ 已切换。原来的台账和结果库在 {kept}，请保留。启动服务后，结果由新台账重建。",
            $"✓ Switched. The former ledgers and cubes are in {kept}: keep them. Start the services: the results are made anew.");
        return 0;
    }

    private int FinishOnServer()
    {
        WriteWhatBeginsAnew();
        console.WriteLine(
            "! 报告中编辑过的文字（结果库的表 report_text）没有带过来：migrate 之后、启动之前，把各行复制到其单位所在分区的新结果库。",
            "! The edited texts of reports (the cube's table report_text) are not taken over: after migrate, and before the start, copy "
            + "each row into the new cube of the partition of its unit.");
        console.WriteLine(
            "✓ 新台账已就绪。请把这份 partitions.csv 放进各服务的目录，运行 xilin-admin migrate，授权，再启动；原来的数据库请保留。",
            "✓ The new ledgers are ready. Put this partitions.csv into the catalogue of all services, run xilin-admin migrate, give the "
            + "rights and start them; keep the former database.");
        return 0;
    }

    private sealed class HeldTransactions(IReadOnlyList<DbTransaction> transactions) : IDisposable
    {
        public void Dispose()
        {
            foreach (var transaction in transactions)
            {
                transaction.Dispose();
            }
        }
    }
}
