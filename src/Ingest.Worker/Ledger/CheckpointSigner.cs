using System.Data.Common;
using XilinIngest.Contracts;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Signs the state of one ledger as a note (c2sp.org/tlog-checkpoint), and its time by a key of its own. With an old checkpoint, an auditor
/// can prove that rows were changed since. The ledgers of all partitions have the same keys; what is signed names the ledger.
/// </summary>
internal sealed class CheckpointSigner
{
    private readonly NoteSigner _log;
    private readonly NoteSigner _time;
    private readonly string? _partition;

    private CheckpointSigner(NoteSigner log, NoteSigner time, string? partition, LogKeys keys) =>
        (_log, _time, _partition, Keys) = (log, time, partition, keys);

    /// <summary>All keys that ever signed the ledger.</summary>
    public LogKeys Keys { get; }

    /// <summary>The name of the ledger.</summary>
    public string Origin => _log.Verifier.Name;

    /// <summary>The private keys.</summary>
    public (NoteSigner Log, NoteSigner Time) Private => (_log, _time);

    /// <summary>Whether the private keys are those that the ledger has now.</summary>
    public bool HasCurrentKeys => _log.Verifier.Equals(Keys.Newest) && _time.Verifier.Equals(Keys.NewestOfTimes);

    /// <summary>
    /// Reads the keys of a ledger. For a ledger without rows, creates key files that only their owner can read, and records them.
    /// </summary>
    /// <param name="path">The file of the ledger's key.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="installation">The name of the installation; null: the recorded one, or one that is made of the key.</param>
    /// <exception cref="InvalidOperationException">A key is missing although rows were signed, it is another key, it cannot sign, or the
    /// name is another.</exception>
    public static CheckpointSigner LoadOrCreate(string path, LedgerStore ledger, string? installation = null)
    {
        EnsureKept(path, ledger);
        foreach (var missing in new SigningKeyFiles(path).All.Where(file => !File.Exists(file)))
        {
            SigningKeyFiles.Create(missing);
        }

        Record(path, ledger, installation);
        return LoadMatching(path, ledger, installation);
    }

    /// <summary>Of several ledgers asked before a key is made for any of them.</summary>
    /// <exception cref="InvalidOperationException">A key is missing although rows were signed, or the signatures are of before.</exception>
    public static void EnsureKept(string path, LedgerStore ledger)
    {
        using var connection = ledger.Open();
        if (ledger.ReadCheckpoint(connection) is { Origin: "" })
        {
            throw new InvalidOperationException(
                $"台账 {ledger.Name} 是正式发布之前的版本建立的，其检查点的签名格式已不再使用。请用原来的程序保留它，本版本用新的数据目录（或新的空数据库）重新开始。 / "
                + $"The ledger {ledger.Name} was made by a version from before the first release, whose signatures are no longer "
                + "verified. Keep it with the program that made it, and begin with a new data folder, or with empty databases.");
        }

        var missing = new SigningKeyFiles(path).All.FirstOrDefault(file => !File.Exists(file));
        if (missing is null)
        {
            return;
        }

        if (LedgerStore.ReadLastSequence(connection) > 0)
        {
            throw new InvalidOperationException(
                $"{missing} 不存在，而台账 {ledger.Name} 中有用它签名的行。请从备份恢复密钥；换用新密钥后，以前的检查点将无法核验。 / "
                + $"{missing} is missing, and {ledger.Name} has rows signed with it. Restore the key from a backup. With a new key, "
                + "old checkpoints could no longer be checked.");
        }

        // A key that is made now would be refused, and lie in the way of the right one.
        if (LedgerStore.ReadKeys(connection).Count > 0)
        {
            throw new InvalidOperationException(
                $"{missing} 不存在，而尚无数据的台账 {ledger.Name} 已记下了公钥。请放入那把密钥（在最先启动的 worker 上或备份中）；已遗失的，请换用新的空数据库。 / "
                + $"{missing} is missing, and {ledger.Name}, which has no rows yet, has recorded its public key. Put that key there (the "
                + "worker that was started first has it, or a backup); where it is lost, begin with a new empty database.");
        }
    }

    /// <summary>
    /// Of several ledgers asked before a new one among them records its keys, which stay: they have to be those of the others.
    /// </summary>
    /// <exception cref="InvalidOperationException">The ledger has recorded other keys, or another name.</exception>
    public static void EnsureAgrees(string path, LedgerStore ledger, string? installation)
    {
        using var connection = ledger.Open();
        if (LedgerStore.ReadKeys(connection).Count > 0)
        {
            LoadMatching(path, ledger, installation);
        }
    }

    /// <summary>Reads the keys, and those that the ledger recorded, which may be others (<see cref="HasCurrentKeys"/>).</summary>
    /// <param name="path">The file of the ledger's key.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="installation">The name of the installation; null: the recorded one.</param>
    /// <exception cref="InvalidOperationException">A file does not hold a key, or both hold the same one for a new ledger.</exception>
    public static CheckpointSigner Load(string path, LedgerStore ledger, string? installation = null)
    {
        using var connection = ledger.Open();
        return Load(path, ledger, LedgerStore.ReadKeys(connection), installation);
    }

    /// <summary>As <see cref="Load(string, LedgerStore, string?)"/>, within a transaction.</summary>
    public static CheckpointSigner LoadIn(
        DbConnection connection, DbTransaction transaction, string path, LedgerStore ledger, string installation) =>
        Load(path, ledger, LedgerStore.ReadKeys(connection, transaction), installation);

    private static CheckpointSigner Load(string path, LedgerStore ledger, IReadOnlyList<LogKey> recorded, string? installation)
    {
        var files = new SigningKeyFiles(path);
        var name = LedgerOrigin.FindIn(recorded) ?? installation ?? LedgerOrigin.DefaultFor(
            SigningKeyFiles.Read(files.Log, "unnamed", NoteAlgorithm.Ed25519).Verifier);
        var log = SigningKeyFiles.Read(files.Log, LedgerOrigin.Of(name, ledger.PartitionPath), NoteAlgorithm.Ed25519);
        var time = SigningKeyFiles.Read(files.Time, LogKeys.TimeNameOf(name), NoteAlgorithm.Cosignature);
        if (recorded.Count == 0 && log.Verifier.PublicKey.SequenceEqual(time.Verifier.PublicKey))
        {
            throw new InvalidOperationException(
                $"{files.Log} 和 {files.Time} 是同一把密钥。请为时间另建一把；没有后一个文件时，服务启动时会自动建立。 / {files.Log} and {files.Time} hold the same "
                + "key. Make another one for the times; without the second file, the service makes one at its start.");
        }

        return new CheckpointSigner(
            log, time, ledger.PartitionPath, new LogKeys(log.Verifier.Name, recorded.Count > 0 ? recorded : FirstKeys(log, time)));
    }

    /// <summary>Reads the keys, which have to be those that the ledger recorded, and to have signed its newest checkpoint.</summary>
    /// <param name="path">The file of the ledger's key.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="installation">The name of the installation; null: the recorded one.</param>
    /// <exception cref="InvalidOperationException">A file does not hold a key, or another one; or the name is another.</exception>
    public static CheckpointSigner LoadMatching(string path, LedgerStore ledger, string? installation = null)
    {
        var signer = Load(path, ledger, installation);
        using var connection = ledger.Open();
        if (installation is not null && signer.Origin != LedgerOrigin.Of(installation, ledger.PartitionPath))
        {
            throw new InvalidOperationException(
                $"台账 {ledger.Name} 建立时的名称是 {signer.Origin}，设置 Ledger__Origin 现为 {installation}。名称不能更改：请改回，或删去该设置。 / "
                + $"The ledger {ledger.Name} was made with the name {signer.Origin}, and the setting Ledger__Origin says {installation}. A "
                + "ledger keeps its name: put the setting back, or leave it out.");
        }

        // A ledger signed by two keys that it does not know can be verified with neither, so a wrong key is rejected before it signs a row.
        signer.EnsureCurrent(path, ledger, LedgerStore.ReadLastSequence(connection));
        return ledger.ReadCheckpoint(connection) is { } newest && !signer.Verify(newest)
            ? throw NotTheKey(path, ledger, newest.TreeSize) : signer;
    }

    /// <exception cref="InvalidOperationException">The private keys are not those that the ledger has now.</exception>
    /// <param name="path">The file of the ledger's key.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="newest">The newest row.</param>
    public void EnsureCurrent(string path, LedgerStore ledger, long newest)
    {
        var files = new SigningKeyFiles(path);
        EnsureCurrent(files.Log, _log.Verifier, Keys.Newest, "", ledger, newest);
        EnsureCurrent(files.Time, _time.Verifier, Keys.NewestOfTimes, " --time", ledger, newest);
    }

    private static void EnsureCurrent(
        string file, NoteVerifier key, NoteVerifier? current, string option, LedgerStore ledger, long newest)
    {
        if (key.Equals(current))
        {
            return;
        }

        var next = SigningKeyFiles.NextOf(file);
        throw File.Exists(next) && SigningKeyFiles.Read(next, key.Name, key.Algorithm).Verifier.Equals(current)
            ? new InvalidOperationException(
                $"{file} 的更换被中断。请再运行一次 xilin-admin key rotate{option}，它会接着做完。 / The rotation of {file} was interrupted. Run xilin-admin "
                + $"key rotate{option} again: it finishes that.")
            : NotTheKey(file, ledger, newest);
    }

    public Checkpoint Sign(long treeSize, byte[] root, DateTimeOffset time)
    {
        var text = CheckpointText.Create(Origin, treeSize, root).ToString();
        return new Checkpoint
        {
            TreeSize = treeSize,
            Root = Convert.ToHexStringLower(root),
            Time = DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()),
            Partition = _partition,
            Origin = Origin,
            Signatures = [_log.Sign(text).Line, _time.Cosign(text, time).Line],
        };
    }

    /// <summary>Whether a checkpoint is of this ledger, and the keys of its size signed it and its time.</summary>
    public bool Verify(Checkpoint checkpoint) => checkpoint.Partition == _partition && checkpoint.Time == Keys.FindTime(
        checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures);

    private static void Record(string path, LedgerStore ledger, string? installation)
    {
        using var connection = ledger.Open();
        using var transaction = Database.BeginWrite(connection);
        var recorded = LedgerStore.ReadKeys(connection, transaction);
        if (recorded.Count == 0)
        {
            LedgerStore.WriteKeys(connection, transaction, 0, Load(path, ledger, recorded, installation).Keys.All);
            transaction.Commit();
        }
    }

    private static IReadOnlyList<LogKey> FirstKeys(NoteSigner log, NoteSigner time) =>
    [
        new(log.Verifier, 0, null),
        new(time.Verifier, 0, Introduce(new(log.Verifier.Name, 0, null, time.Verifier), log)),
    ];

    /// <summary>The note of a statement, signed by keys of a log.</summary>
    internal static string Introduce(KeyIntroduction said, params IEnumerable<NoteSigner> signers) =>
        SignedNote.Create(said.ToString(), [.. signers.Select(signer => signer.Sign(said.ToString()))]).ToString();

    private static InvalidOperationException NotTheKey(string path, LedgerStore ledger, long newest) => new(
        $"{path} 不是台账 {ledger.Name} 的签名密钥：最新检查点（第 {newest} 号）不是用它签名的。请从备份恢复原来的密钥；若台账是从别处恢复的，请把与其一起备份的密钥放回。 / "
        + $"{path} is not the key of the ledger {ledger.Name}: its newest checkpoint (row {newest}) was signed with "
        + "another. Restore the key that was there; if the ledger came from a backup, put the key of that backup beside it.");
}
