namespace XilinIngest.Standalone;

/// <summary>One process per data folder: a second one would publish the same versions twice. Freed by the system when the process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Null: another process has the folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static FolderLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, "in-use.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is Locked or LockedOnMac or SharingViolation)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
