namespace XilinIngest.InputOutput;

/// <summary>
/// Creates folders and files that only their owner can read (0700, 0600), because a reader of the database sees every figure without an
/// access key. Existing files keep the mode that their administrator set.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolderMode = OwnerFileMode | UnixFileMode.UserExecute;

    /// <summary>Creates a folder and its missing parents.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolderMode);
        }
    }

    /// <summary>
    /// Creates an empty file if none exists, in an existing folder. An existing file is not opened: closing it would release the locks that
    /// SQLite holds on it in this process.
    /// </summary>
    public static void CreateEmpty(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                Open(path, FileShare.ReadWrite | FileShare.Delete, FileMode.CreateNew).Dispose();
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another thread or process created it first.
        }
    }

    /// <summary>Opens a file for reading and writing, and creates it if it is missing.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="share">The access that other processes have meanwhile.</param>
    public static FileStream Open(string path, FileShare share) => Open(path, share, FileMode.OpenOrCreate);

    private static FileStream Open(string path, FileShare share, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFileMode;
        }

        return new FileStream(path, options);
    }
}
