namespace XilinIngest.Release;

/// <summary>
/// The tracked public API: what was released (PublicAPI.Shipped.txt), and what has changed since (PublicAPI.Unshipped.txt).
/// </summary>
internal static class PublicApi
{
    private const string Header = "#nullable enable";
    private const string Removed = "*REMOVED*";

    public static IEnumerable<string> UnshippedFiles(string root) =>
        Directory.EnumerateFiles(Path.Combine(root, "src"), "PublicAPI.Unshipped.txt", SearchOption.AllDirectories).Order();

    /// <summary>Whether something has changed since the last release.</summary>
    public static bool HasUnshipped(IEnumerable<string> lines) => lines.Any(line => line.Length > 0 && line != Header);

    /// <summary>The released API after a release: with what was added, and without what was removed.</summary>
    public static IReadOnlyList<string> Ship(IEnumerable<string> shipped, IEnumerable<string> unshipped)
    {
        var changes = unshipped.ToLookup(line => line.StartsWith(Removed, StringComparison.Ordinal));
        var gone = changes[true].Select(line => line[Removed.Length..]);
        return [Header, .. shipped.Concat(changes[false]).Where(line => line.Length > 0 && line != Header).Except(gone)
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Moves what is unshipped to what is shipped, in the files.</summary>
    public static void ShipFiles(string root)
    {
        foreach (var unshipped in UnshippedFiles(root))
        {
            var shipped = unshipped.Replace("Unshipped", "Shipped", StringComparison.Ordinal);
            File.WriteAllLines(shipped, Ship(File.ReadAllLines(shipped), File.ReadAllLines(unshipped)));
            File.WriteAllLines(unshipped, [Header]);
        }
    }
}
