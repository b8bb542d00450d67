namespace XilinIngest.InputOutput;

/// <summary>One holder at a time, in any process of this machine. Freed by the system when its process dies, however it dies.</summary>
public sealed class FileLock : IDisposable
{
    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Null: someone else holds it.</summary>
    /// <param name="path">A file that is nothing else; it and its folder are made if missing, and the file stays.</param>
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
