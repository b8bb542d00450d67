using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Storage.Copies;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Verification;

namespace XilinIngest.Worker.Backups;

/// <summary>
/// Restores every copy of a backup into a place of its own, and verifies the logs of the ledgers there with the key and the catalogue of
/// the backup.
/// </summary>
internal sealed class BackupVerifier(BackupSource source, string folder, TimeProvider clock)
{
    private string KeyPath => Path.Combine(folder, Path.GetFileName(source.KeyPath));

    /// <returns>The rows of all ledgers, and whether all copies could be restored.</returns>
    /// <exception cref="BackupException">A copy is damaged, or a log does not hold.</exception>
    public async Task<(long Rows, bool IsRestored)> VerifyAsync(CancellationToken cancellationToken)
    {
        using var catalogues = new CatalogueSource(
            new CatalogueSourceOptions { Folder = Path.Combine(folder, BackupRun.CatalogueFolder) }, clock,
            NullLogger<CatalogueSource>.Instance);
        var isRestored = true;
        foreach (var database in source.Results)
        {
            await using var copy = await RestoreAsync(database, cancellationToken);
            isRestored &= copy is not null;
        }

        var rows = 0L;
        foreach (var (partition, database) in source.Ledgers)
        {
            await using var copy = await RestoreAsync(database, cancellationToken);
            isRestored &= copy is not null;
            rows += copy is null ? 0 : VerifyLog(copy.Database, partition, catalogues);
        }

        return (rows, isRestored);
    }

    private async Task<RestoredCopy?> RestoreAsync(Database database, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, DatabaseCopy.FileName(database));
        var copy = await DatabaseCopy.RestoreAsync(database, file, cancellationToken);
        return copy is not null && DatabaseCopy.FindDamage(copy.Database) is { } damage
            ? throw new BackupException(
                $"{database.Name} 的副本已损坏：{damage}。请检查磁盘，并对服务运行 verify。",
                $"The copy of {database.Name} is damaged: {damage}. Check the disk, and run verify on the service.")
            : copy;
    }

    private long VerifyLog(Database copy, Partition partition, CatalogueSource catalogues)
    {
        var ledger = new LedgerStore(copy, partition);
        var signer = CheckpointSigner.Load(KeyPath, ledger);
        if (!signer.HasCurrentKeys)
        {
            // What is restored from it could sign nothing.
            throw new BackupException(
                $"{source.KeyPath} 或其旁的时间密钥不是台账现在的签名密钥：其更换被中断，或新的密钥文件尚未放到位。运行 xilin-admin doctor 可知如何处理，然后再备份。",
                $"{source.KeyPath}, or the key of times beside it, is not the key that the ledger has now: its rotation was interrupted, "
                + "or the new file was not put in place. xilin-admin doctor says what to do; then make the backup again.");
        }

        var log = new LedgerVerifier(ledger, signer, catalogues).Verify();
        return log.FaultCount == 0 ? log.Rows
            : throw new BackupException(
                $"备份中的台账有 {log.FaultCount} 处不符：{log.Faults[0]} 请保留较早的备份，并对服务运行 verify。",
                $"The ledger in the backup has {log.FaultCount} faults: {log.Faults[0]} Keep the earlier backups, and run verify on the "
                + "service.");
    }
}
