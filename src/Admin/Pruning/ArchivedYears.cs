using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace XilinIngest.Admin.Pruning;

/// <summary>Whether years are archived, and their archives whole.</summary>
internal static class ArchivedYears
{
    private const string Manifest = "archive.json";

    /// <summary>The years that are not archived, or whose archive is not as it was written.</summary>
    public static IReadOnlyList<int> FindMissing(string root, IEnumerable<int> years) => [.. years.Where(year => !IsWhole(root, year))];

    private static bool IsWhole(string root, int year)
    {
        var folder = Path.Combine(root, year.ToString(CultureInfo.InvariantCulture));
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, Manifest)));
            var archive = manifest.RootElement;
            return archive.GetProperty("year").GetInt32() == year && archive.GetProperty("files").EnumerateArray().All(file =>
                HashOf(Path.Combine(folder, file.GetProperty("name").GetString()!)) == file.GetProperty("sha256").GetString());
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException
                or FormatException)
        {
            return false;
        }
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
