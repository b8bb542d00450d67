using System.Runtime.InteropServices;

namespace XilinIngest.InputOutput;

/// <summary>The entries of a folder: which files it has, under which names.</summary>
public static partial class FolderEntries
{
    /// <summary>Flushes them to the disk, so that a file that was created or moved there is found after a power failure.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Flush(string path)
    {
        // Windows writes them through by itself.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var folder = Open(path, 0);
        if (folder < 0)
        {
            throw new IOException($"{path}: cannot be opened to flush it (errno {Marshal.GetLastPInvokeError()}).");
        }

        var flushed = FlushFile(folder);
        var fault = Marshal.GetLastPInvokeError();
        _ = CloseFile(folder);

        // EINVAL: the file system does not support flushing folders.
        const int NothingToFlush = 22;
        if (flushed < 0 && fault != NothingToFlush)
        {
            throw new IOException($"{path}: cannot be flushed (errno {fault}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushFile(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
