using System.Runtime.InteropServices;

namespace XilinIngest.Storage;

/// <summary>
/// The identity of the file at a path. A file that was removed and created again, or replaced by a copy, has another identity under the
/// same path.
/// </summary>
internal static partial class FileIdentity
{
    // Linux: statx(2), whose result has the same layout on every processor.
    private const int CurrentFolder = -100;
    private const uint InodeMask = 0x100;
    private const int StatxBufferSize = 256;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;

    private static bool _isUnsupported = !OperatingSystem.IsLinux();

    /// <summary>The device and inode of a file; null: there is no file, or the system does not report them.</summary>
    public static (ulong Device, ulong Node)? Read(string path)
    {
        if (_isUnsupported)
        {
            return null;
        }

        try
        {
            var answer = new byte[StatxBufferSize];
            return Statx(CurrentFolder, path, 0, InodeMask, answer) == 0
                ? (MemoryMarshal.Read<ulong>(answer.AsSpan(DeviceOffset)), MemoryMarshal.Read<ulong>(answer.AsSpan(InodeOffset)))
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018 lacks statx. Only the existence of the file is then checked.
            _isUnsupported = true;
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] answer);
}

/// <summary>The file of a database that is in use was removed, or another one was put in its place.</summary>
/// <param name="path">The file.</param>
/// <param name="isRemoved">Whether the file no longer exists.</param>
public sealed class DatabaseFileReplacedException(string path, bool isRemoved) : IOException($"{path} is not the file that was opened.")
{
    public bool IsRemoved => isRemoved;
}
