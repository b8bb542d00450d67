using System.Text.RegularExpressions;
using XilinIngest.Wire.Tests;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace XilinIngest.Deploy.Tests;

/// <summary>deploy/compose.yaml, with what deploy/.env says in it.</summary>
internal static partial class Compose
{
    internal static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    internal static readonly IReadOnlyDictionary<string, string> Variables = File.ReadLines(Path.Combine(Folder, ".env"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly Map Root = Read();

    internal static readonly IReadOnlyDictionary<string, Service> Services =
        Root.Of("services").ToDictionary(pair => (string)pair.Key, pair => new Service((string)pair.Key, new Map((Dictionary<object, object?>)pair.Value!)));

    /// <summary>The names that a part of the file defines: networks, volumes.</summary>
    internal static IEnumerable<string> NamesOf(string part) => Root.Of(part).Keys.Cast<string>();

    /// <summary>Where each secret comes from, below <c>XILIN_SECRETS</c>.</summary>
    internal static readonly IReadOnlyDictionary<string, string> SecretFiles = Root.Of("secrets").ToDictionary(pair => (string)pair.Key,
        pair => Path.GetRelativePath(Variables["XILIN_SECRETS"], new Map((Dictionary<object, object?>)pair.Value!).Text("file")!));

    private static Map Read()
    {
        // As compose does: $$ is a dollar, and an unknown variable is a mistake here.
        var text = Variable().Replace(File.ReadAllText(Path.Combine(Folder, "compose.yaml")), match => match.Value == "$$" ? "$" : Variables[match.Groups[1].Value]);
        return new Map(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(new MergingParser(new Parser(new StringReader(text)))));
    }

    [GeneratedRegex("\\$\\$|\\$\\{([A-Z_]+)\\}")]
    private static partial Regex Variable();
}

/// <summary>A YAML map.</summary>
internal sealed class Map(Dictionary<object, object?> values)
{
    internal string? Text(string key) => values.GetValueOrDefault(key) as string;

    internal Dictionary<object, object?> Of(string key) => values.GetValueOrDefault(key) as Dictionary<object, object?> ?? [];

    internal IReadOnlyList<object> List(string key) => values.GetValueOrDefault(key) as List<object> ?? [];
}

/// <summary>A service of the file.</summary>
internal sealed record Service(string Name, Map Settings)
{
    internal IReadOnlyDictionary<string, string> Environment => Settings.Of("environment").ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");

    /// <summary>One of the project's programs.</summary>
    internal bool IsOurs => Settings.Of("build").Count > 0;

    /// <summary>Does its work and ends.</summary>
    internal bool Ends => Settings.Text("restart") == "no";

    internal string Dockerfile => Path.Combine(Repository.Root, (string)Settings.Of("build")["dockerfile"]!);

    /// <summary>Each secret, and the file that it is inside the container.</summary>
    internal IEnumerable<(string Source, string File)> Secrets => Settings.List("secrets").Select(secret => secret is string name
        ? (name, $"/run/secrets/{name}")
        : new Map((Dictionary<object, object?>)secret) is var map ? (map.Text("source")!, Path.Combine("/run/secrets", map.Text("target")!)) : default);

    public override string ToString() => Name;
}
