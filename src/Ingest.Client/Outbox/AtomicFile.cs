using System.Runtime.InteropServices;

namespace XilinIngest.Client.Outbox;

/// <summary>Files that are there whole or not at all, whatever is killed, and stay there when the power fails.</summary>
internal static partial class AtomicFile
{
    /// <summary>Of drafts that a kill left behind.</summary>
    public const string TemporaryFilePattern = "*.new";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Written under another name, flushed to the disk, moved; then the folder's entry is flushed too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="isPrivate">Whether no other user of the computer may read it.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool isPrivate = true)
    {
        // Each process its own: two may write the same file at once, and one of them stands.
        var draft = $"{path}.{Environment.ProcessId}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes it and what is missing above it, for this user alone.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly);
        }

        if (parent is not null)
        {
            FlushFolder(parent);
        }
    }

    /// <summary>
    /// Closes to other users a folder that an earlier version left open. On Windows its place in the user's profile does.
    /// </summary>
    public static void RestrictToOwner(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    // Windows writes a folder's entries through by itself.
    private static void FlushFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(path, 0);
        if (folder < 0)
        {
            throw new IOException($"{path}: cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }

        var flushed = Flush(folder);
        var fault = Marshal.GetLastPInvokeError();
        _ = CloseFile(folder);

        // EINVAL: a file system that keeps its folders in another way and has nothing to flush.
        const int NothingToFlush = 22;
        if (flushed < 0 && fault != NothingToFlush)
        {
            throw new IOException($"{path}: cannot be flushed (errno {fault}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
