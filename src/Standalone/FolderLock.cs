namespace XilinIngest.Standalone;

/// <summary>One process per data folder: a second one would publish the same versions twice. Freed by the system when the process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Null: another process has the folder.</summary>
    public static FolderLock? TryTake(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FolderLock(new FileStream(Path.Combine(folder, "in-use.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
