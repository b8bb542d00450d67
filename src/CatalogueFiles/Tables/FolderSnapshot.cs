using System.Security.Cryptography;
using XilinIngest.TabularFiles;

namespace XilinIngest.CatalogueFiles.Tables;

/// <summary>The bytes of one file, or the fault that prevented reading it.</summary>
internal sealed record FileBytes(string Name, byte[]? Content, CatalogueFault? Fault)
{
    internal bool IsMissing { get; init; }
}

/// <summary>
/// The bytes of the catalogue's files, read once. The same bytes are fingerprinted and parsed, although a file may change meanwhile.
/// </summary>
internal sealed class FolderSnapshot
{
    // The units of a large province have 150 MB.
    internal const long MaxBytes = 200 * 1024 * 1024;

    private readonly Dictionary<string, FileBytes> _files;

    private FolderSnapshot(Dictionary<string, FileBytes> files)
    {
        _files = files;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Values)
        {
            // The fault of a file that cannot be read is part of the fingerprint. It is therefore reported once and not at every poll.
            hash.AppendData(SHA256.HashData(file.Content ?? System.Text.Encoding.UTF8.GetBytes(file.Fault!.ToString())));
        }

        Fingerprint = Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Equal for two snapshots if and only if every file has the same bytes.</summary>
    internal string Fingerprint { get; }

    internal FileBytes this[string name] => _files[name];

    internal static FolderSnapshot Take(string folder, IEnumerable<string> names) =>
        new(names.ToDictionary(name => name, name => ReadFile(folder, name)));

    private static FileBytes ReadFile(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return WholeFile.Read(path, MaxBytes, out var length) is { } content
                ? new FileBytes(name, content, null)
                : Unreadable(
                    name, new($"文件有 {length} 字节，上限为 {MaxBytes}", $"the file has {length} bytes, the limit is {MaxBytes}"),
                    new("请检查是否放错了文件", "check that it is the right file"));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unreadable(
                name, new("找不到该文件", "the file is missing"),
                new("请把它放回目录；没有内容时也要保留表头一行", "put it back; a file with nothing to say still has its header line")) with
            {
                IsMissing = true,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unreadable(
                name, new($"无法读取该文件（{e.Message}）", $"the file cannot be read ({e.Message})"),
                new("请关闭正在编辑它的程序，并检查读取权限", "close the program that holds it, and check that it may be read"));
        }
    }

    private static FileBytes Unreadable(string name, Bilingual problem, Bilingual remedy) =>
        new(name, null, new CatalogueFault(name, null, null, problem, remedy));
}
