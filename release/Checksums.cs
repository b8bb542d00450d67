using System.Security.Cryptography;

namespace XilinIngest.Release;

/// <summary>SHA256SUMS: the hash and name of every file of a release, as <c>sha256sum --check</c> reads them.</summary>
internal static class Checksums
{
    public const string FileName = "SHA256SUMS";

    public static void Write(string folder) => File.WriteAllText(Path.Combine(folder, FileName), string.Concat(
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) != FileName).Order(StringComparer.Ordinal)
            .Select(file => $"{Hash(file)}  {Path.GetFileName(file)}\n")));

    private static string Hash(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
