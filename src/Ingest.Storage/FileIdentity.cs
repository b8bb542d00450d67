using System.Runtime.InteropServices;

namespace XilinIngest.Storage;

/// <summary>
/// Which file a path names. One that was removed and made again, or that a copy was put in place of, has another identity under the same
/// path.
/// </summary>
internal static partial class FileIdentity
{
    // Of Linux: statx(2), whose answer has one layout on every processor.
    private const int CurrentFolder = -100;
    private const uint InodeMask = 0x100;
    private const int StatxBufferSize = 256;
    private const int InodeOffset = 32;
    private const int DeviceOffset = 136;

    private static bool _isUnsupported = !OperatingSystem.IsLinux();

    /// <summary>Device and node of a file; null: there is none, or this system does not tell.</summary>
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
            // A C library from before 2018: that the file is there is then all that is looked at.
            _isUnsupported = true;
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, [Out] byte[] answer);
}

/// <summary>The file of a database that is in use was removed, or another one was put in its place.</summary>
/// <param name="path">The file.</param>
/// <param name="isRemoved">Whether there is none any more.</param>
public sealed class DatabaseFileReplacedException(string path, bool isRemoved) : IOException($"{path} is not the file that was opened.")
{
    public bool IsRemoved => isRemoved;
}
