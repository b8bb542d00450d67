using XilinIngest.InputOutput;

namespace XilinIngest.Client.Outbox;

/// <summary>Writes files atomically: a file is complete or absent after a kill, and survives a power failure.</summary>
internal static class AtomicFile
{
    /// <summary>The pattern of temporary files that a killed process may leave.</summary>
    public const string TemporaryFilePattern = "*.new";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes a temporary file, flushes it to the disk, and moves it. Then flushes the folder's entry.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">The whole content.</param>
    /// <param name="isPrivate">Whether other users of the computer may not read it.</param>
    public static void Write(string path, ReadOnlySpan<byte> bytes, bool isPrivate = true)
    {
        // Each process has its own temporary name. If two write the same file at once, one of them wins.
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
        FolderEntries.Flush(Path.GetDirectoryName(path)!);
    }

    public static void Delete(string path)
    {
        File.Delete(path);
        FolderEntries.Flush(Path.GetDirectoryName(path)!);
    }

    /// <summary>Creates a folder and its missing parents, for this user only.</summary>
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
            FolderEntries.Flush(parent);
        }
    }

    /// <summary>Removes the access of other users to a folder. On Windows, the user's profile restricts it already.</summary>
    public static void RestrictToOwner(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }
}
