using System.Formats.Tar;
using System.IO.Compression;

namespace XilinIngest.Release.Tests;

public sealed class An_archive : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-archive-").FullName;

    [Theory, InlineData("tar.gz"), InlineData("zip")]
    public void Is_the_same_wherever_and_whenever_its_files_were_made(string kind)
    {
        var first = Write("here", kind, ["b/two.txt", "one.sh"], new(2026, 1, 1));
        Assert.Equal(first, Write("there", kind, ["one.sh", "b/two.txt"], new(2026, 6, 1)));
    }

    [Fact]
    public void Keeps_the_right_to_be_run()
    {
        using var content = new GZipStream(new MemoryStream(Write("here", "tar.gz", ["b/two.txt", "one.sh"], new(2026, 1, 1))),
            CompressionMode.Decompress);
        using var tar = new TarReader(content);
        var modes = new Dictionary<string, UnixFileMode>();
        while (tar.GetNextEntry() is { } entry)
        {
            modes[entry.Name] = entry.Mode;
        }

        Assert.Equal(["files/b/two.txt", "files/one.sh"], modes.Keys);
        Assert.False(modes["files/b/two.txt"].HasFlag(UnixFileMode.UserExecute));
        Assert.True(modes["files/one.sh"].HasFlag(UnixFileMode.OtherExecute));
    }

    [Fact]
    public async Task Is_listed_with_a_hash_that_sha256sum_confirms()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "one.txt"), "1");
        Checksums.Write(_folder);
        var command = $"cd {_folder} && sha256sum --check --strict {Checksums.FileName}";
        Assert.Equal("one.txt: OK\n", await ProgramRunner.RunAsync("sh", ["-c", command]));
        await File.WriteAllTextAsync(Path.Combine(_folder, "one.txt"), "2");
        Assert.Equal(1, (await ProgramRunner.TryAsync("sh", ["-c", command])).ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private byte[] Write(string place, string kind, string[] files, DateTime made)
    {
        var folder = Path.Combine(_folder, place, "files");
        foreach (var file in files.Select(name => Path.Combine(folder, name)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, Path.GetFileName(file));
            File.SetLastWriteTimeUtc(file, made);
            if (!OperatingSystem.IsWindows() && file.EndsWith(".sh", StringComparison.Ordinal))
            {
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
            }
        }

        var archive = Path.Combine(_folder, place, $"files.{kind}");
        ReproducibleArchive.Write(folder, archive, Time);
        return File.ReadAllBytes(archive);
    }
}
