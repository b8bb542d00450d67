namespace XilinIngest.InputOutput;

/// <summary>
/// A lock with one holder among all processes of this machine. The system releases it when the holder's process ends for any reason.
/// </summary>
public sealed class FileLock : IDisposable
{
    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Acquires the lock; null: another holder has it.</summary>
    /// <param name="path">A file that serves only as the lock; it and its folder are created if missing, and the file stays.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static FileLock? TryAcquire(string path)
    {
        PrivateFiles.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileLock(PrivateFiles.Open(path, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is Locked or LockedOnMac or SharingViolation)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
