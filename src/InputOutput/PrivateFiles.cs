namespace XilinIngest.InputOutput;

/// <summary>
/// Folders and files for their owner alone (0700, 0600): whoever can read a database reads every figure, whatever the access keys say.
/// What is there already keeps the mode that its administrator gave it.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OwnerFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolderMode = OwnerFileMode | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it, where they are missing.</summary>
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
    /// Makes an empty file where there is none, in a folder that exists. One that is there is not opened: closing it would take back the locks
    /// that SQLite holds on it in this process.
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
            // Another thread or process was first.
        }
    }

    /// <summary>Opens a file to read and write, and makes it where there is none.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
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
