namespace XilinIngest.TabularFiles;

/// <summary>Reads a file as a whole.</summary>
public static class WholeFile
{
    /// <summary>Reads a file that another program, such as Excel or an editor, may hold open.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The size limit.</param>
    /// <param name="length">The size of the file.</param>
    /// <returns>The content; null if the file is larger than the limit.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public static byte[]? Read(string path, long maxBytes, out long length)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        length = stream.Length;
        if (length > maxBytes)
        {
            return null;
        }

        var content = new byte[length];
        stream.ReadExactly(content);
        return content;
    }
}
