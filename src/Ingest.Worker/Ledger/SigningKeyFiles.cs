using System.Text;
using XilinIngest.InputOutput;
using XilinIngest.SignedNotes;

namespace XilinIngest.Worker.Ledger;

/// <summary>The files of the private keys: that of the ledgers, and beside it that of their times.</summary>
/// <param name="Log">The key that signs the ledgers of all partitions, each under its name.</param>
internal sealed record SigningKeyFiles(string Log)
{
    private const string TimeEnding = "-time";
    private const string NextEnding = ".next";

    /// <summary>The key that signs the times of checkpoints: <c>ledger-key-time.pem</c> beside <c>ledger-key.pem</c>.</summary>
    public string Time => Path.Combine(
        FolderOf(Log), Path.GetFileNameWithoutExtension(Log) + TimeEnding + Path.GetExtension(Log));

    public IReadOnlyList<string> All => [Log, Time];

    /// <summary>The key that is to take the place of another, until it has.</summary>
    public static string NextOf(string file) => file + NextEnding;

    /// <summary>Gives a key file the place of another, on the disk too.</summary>
    public static void Replace(string former, string key)
    {
        File.Move(key, former, overwrite: true);
        FolderEntries.Flush(FolderOf(former));
    }

    /// <summary>Creates a key file that only its owner can read. It is on the disk, and found there after a power failure.</summary>
    public static void Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written under another name and then moved, so that a crash leaves no incomplete key.
        var draft = path + ".new";
        File.Delete(draft);
        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(NoteSigner.CreatePem()));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
        FolderEntries.Flush(FolderOf(path));
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <exception cref="InvalidOperationException">The file does not hold a key.</exception>
    public static NoteSigner Read(string path, string name, NoteAlgorithm algorithm)
    {
        try
        {
            return NoteSigner.FromPem(File.ReadAllText(path), name, algorithm);
        }
        catch (FormatException exception)
        {
            throw new InvalidOperationException(
                $"{path} 中没有 Ed25519 私钥。请从备份恢复；换用新密钥后，以前的检查点将无法核验。 / {path} holds no private Ed25519 key. Restore it from a backup; "
                + "with a new key, old checkpoints can no longer be checked.", exception);
        }
    }
}
