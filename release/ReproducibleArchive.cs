using System.Formats.Tar;
using System.IO.Compression;

namespace XilinIngest.Release;

/// <summary>Archives that depend on nothing but the files' names, content and right to be run.</summary>
internal static class ReproducibleArchive
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="folder">What goes in, under its own name.</param>
    /// <param name="file">What is written: a zip file by its name, else a compressed tar.</param>
    /// <param name="time">The time that every file has in it.</param>
    public static void Write(string folder, string file, DateTimeOffset time)
    {
        using var stream = File.Create(file);
        var parent = Path.GetDirectoryName(Path.GetFullPath(folder))!;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(parent, path).Replace('\\', '/')))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        if (file.EndsWith(".zip", StringComparison.Ordinal))
        {
            WriteZip(stream, files, time);
        }
        else
        {
            WriteTar(stream, files, time);
        }
    }

    private static void WriteZip(Stream stream, IEnumerable<(string Path, string Name)> files, DateTimeOffset time)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        foreach (var (path, name) in files)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
            entry.LastWriteTime = time;
            entry.ExternalAttributes = 0;
            using var content = entry.Open();
            using var source = File.OpenRead(path);
            source.CopyTo(content);
        }
    }

    private static void WriteTar(Stream stream, IEnumerable<(string Path, string Name)> files, DateTimeOffset time)
    {
        using var compressed = new GZipStream(stream, CompressionLevel.Optimal);
        using var tar = new TarWriter(compressed, TarEntryFormat.Gnu);
        foreach (var (path, name) in files)
        {
            using var source = File.OpenRead(path);
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = source,
                ModificationTime = time,
                Mode = !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) ? Runnable : Readable,
            });
        }
    }
}
