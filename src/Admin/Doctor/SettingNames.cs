using System.Text.RegularExpressions;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// The names of all settings, from the table of docs/deploy.md, which a test holds against what the programs read. A name in the
/// environment that is of one of their sections, or nearly the name of one, and is no setting, is a mistake: the service reads over it.
/// </summary>
internal sealed partial class SettingNames
{
    private const string Resource = "settings.md";

    // Of a longer name two letters may be wrong before it passes for another program's.
    private const int MaxDistance = 2;

    // Sections whose names the operator chooses in part: channels of notices, and connections of partitions.
    private static readonly string[] Families = ["Channels__", "ConnectionStrings__Ledger_", "ConnectionStrings__Cube_"];

    // Sections that .NET reads by itself; Kestrel__Endpoints is reported with the faults of the values.
    private static readonly string[] OfTheRuntime = ["Logging", "Kestrel", "DOTNET", "ASPNETCORE"];

    private readonly HashSet<string> _names;
    private readonly HashSet<string> _sections;

    private SettingNames(IEnumerable<string> names)
    {
        _names = names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _sections = _names.Where(name => name.Contains("__", StringComparison.Ordinal)).Select(SectionOf)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    public int Count => _names.Count;

    public static SettingNames Read()
    {
        using var page = new StreamReader(typeof(SettingNames).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The program lacks its part {Resource}."));
        return new(page.ReadToEnd().Split('\n').SkipWhile(line => line != "## Settings").TakeWhile(line => line != "## Rights")
            .SelectMany(line => InFirstColumn().Matches(line)).Select(match => match.Groups[1].Value));
    }

    /// <summary>The names that are no settings, each with the setting that was probably meant, or null.</summary>
    public IEnumerable<(string Name, string? Meant)> FindUnknown(IEnumerable<string> names) =>
        from name in names
        where name.Contains("__", StringComparison.Ordinal) && !_names.Contains(name)
            && !Families.Any(family => name.StartsWith(family, StringComparison.OrdinalIgnoreCase))
            && !OfTheRuntime.Contains(SectionOf(name), StringComparer.OrdinalIgnoreCase)
        let meant = _names.Select(known => (Name: known, Distance: Distance(known, name))).MinBy(known => known.Distance)
        where meant.Distance <= MaxDistance || _sections.Contains(SectionOf(name))
        orderby name
        select (name, meant.Distance <= MaxDistance ? meant.Name : null);

    private static string SectionOf(string name) => name.Split("__")[0];

    // The number of letters that are inserted, left out or replaced (Levenshtein).
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j - 1], row[j]) + 1);
            }
        }

        return row[^1];
    }

    // As in the test of the page: the first column may hold two names.
    [GeneratedRegex("(?<=^\\| |^\\| `[A-Za-z_]+`, )`([A-Za-z_]+)`(?=,| \\|)")]
    private static partial Regex InFirstColumn();
}
