namespace XilinIngest.Client.Files;

/// <summary>The files that a command line names. * and ? are expanded here, because the shells of Windows do not expand them.</summary>
internal static class FilePatterns
{
    /// <summary>Each file once, in the order of their names, and separately the files that only mark another one as open.</summary>
    /// <exception cref="CommandException">No file matches.</exception>
    public static (IReadOnlyList<string> Files, IReadOnlyList<string> Marks) Expand(IEnumerable<string> arguments)
    {
        var (files, marks, seen) = (new List<string>(), new List<string>(),
                new HashSet<string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal));
        foreach (var file in arguments.SelectMany(Expand))
        {
            if (seen.Add(Path.GetFullPath(file)))
            {
                (LockedFile(file) is null ? files : marks).Add(file);
            }
        }

        return (files, marks);
    }

    /// <summary>
    /// The file that Excel, WPS or LibreOffice has open, if the given file is the lock file of these programs; otherwise null.
    /// </summary>
    public static string? LockedFile(string file) => Path.GetFileName(file) switch
    {
        ['~', '$', .. var name] => name,
        ['.', '~', 'l', 'o', 'c', 'k', '.', .. var name, '#'] => name,
        ['.', '~', .. var name] => name,
        _ => null,
    };

    private static IReadOnlyList<string> Expand(string argument)
    {
        if (!HasWildcard(argument) || File.Exists(argument))
        {
            return [argument];
        }

        var matches =
            Folders(Path.GetDirectoryName(argument) ?? "")
            .SelectMany(folder => Matching(folder, Path.GetFileName(argument), Directory.GetFiles)).ToList();
        return matches.Count > 0
            ? matches : throw new CommandException(ExitCodes.Usage, $"没有符合 {argument} 的文件。", $"No file matches {argument}.");
    }

    private static IEnumerable<string> Folders(string folder) => !HasWildcard(folder) ? [folder]
        : Folders(Path.GetDirectoryName(folder) ?? "")
        .SelectMany(parent => Matching(parent, Path.GetFileName(folder), Directory.GetDirectories));

    // Like in a shell, files whose name begins with a point are omitted.
    private static IEnumerable<string> Matching(string folder, string pattern, Func<string, string, EnumerationOptions, string[]> find)
    {
        var place = folder.Length == 0 ? "." : folder;
        return !Directory.Exists(place) ? []
            : find(place, pattern, new EnumerationOptions { MatchType = MatchType.Simple, AttributesToSkip = 0 })
                .Where(path => pattern.StartsWith('.') || !Path.GetFileName(path).StartsWith('.'))
                .Order(StringComparer.Ordinal).Select(path => folder.Length == 0 ? Path.GetFileName(path) : path);
    }

    private static bool HasWildcard(string text) => text.AsSpan().ContainsAny('*', '?');
}
