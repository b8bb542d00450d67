using System.Text.RegularExpressions;

namespace XilinIngest.Architecture.Tests;

/// <summary>What dotnet format says only when it has compiled everything: the order of the usings.</summary>
public sealed partial class The_usings_of_a_file
{
    private static readonly string[] Folders = ["src", "tests", "bench", "samples"];

    [Fact]
    public void Stand_in_the_order_that_dotnet_format_gives_them()
    {
        var files = Folders.SelectMany(
            folder => Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin")).ToList();
        Assert.True(files.Count > 1000, $"{files.Count} files are fewer than there are.");

        Assert.Empty(files.Where(file => !IsOrdered(File.ReadLines(file))).Select(file => Path.GetRelativePath(SourceTree.Root, file)));
    }

    [Theory]
    [InlineData("using A.B;", "using System;")]
    [InlineData("using A.B;", "using A;")]
    [InlineData("using static A.B;", "using C;")]
    [InlineData("using B = A.C;", "using static A.D;")]
    public void Are_seen_where_they_do_not(string first, string second)
    {
        Assert.False(IsOrdered([first, second, "", "namespace N;"]));
        Assert.True(IsOrdered([second, first, "", "namespace N;"]));
    }

    private static bool IsOrdered(IEnumerable<string> lines)
    {
        var usings = lines.TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal))
            .Select(line => UsingLine().Match(line)).Where(match => match.Success).Select(match => Place(match)).ToList();
        return usings.SequenceEqual(usings.Order(StringComparer.OrdinalIgnoreCase));
    }

    // A text that sorts as the line shall: namespaces before static ones before aliases, System first, and A.B before AB.
    private static string Place(Match line)
    {
        var name = line.Groups["name"].Value;
        var kind = line.Groups["alias"].Success ? 2 : line.Groups["static"].Success ? 1 : 0;
        var key = kind == 2 ? line.Groups["alias"].Value : name;
        var isSystem = kind != 2 && (name == "System" || name.StartsWith("System.", StringComparison.Ordinal));
        return $"{(line.Groups["global"].Success ? 0 : 1)}{kind}{(isSystem ? 0 : 1)}{key.Replace('.', ' ')}";
    }

    [GeneratedRegex(@"^(?<global>global )?using (?<static>static )?(?:(?<alias>\w+) = )?(?<name>[\w.]+)(?:<.*>)?;")]
    private static partial Regex UsingLine();
}
