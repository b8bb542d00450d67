namespace XilinIngest.Storage;

/// <summary>One holder at a time, in any process of this machine. Freed by the system when its process dies, however it dies.</summary>
public sealed class FileLock : IDisposable
{
    private const int Locked = 11;
    private const int LockedOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Null: someone else holds it.</summary>
    /// <param name="path">A file that is nothing else; it and its folder are made if missing, and the file stays.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static FileLock? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (exception.HResult is Locked or LockedOnMac or SharingViolation)
        {
            return null;
        }
    }

    /// <summary>Waits for it: for work of a moment that one process does after the other.</summary>
    /// <exception cref="InvalidOperationException">It was not freed within a minute.</exception>
    public static FileLock Take(string path)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            Thread.Sleep(Pause);
        }

        throw new InvalidOperationException($"{path} has been held by another process for {Patience.TotalSeconds} s. See whether one hangs, and stop it.");
    }

    public void Dispose() => _file.Dispose();
}
