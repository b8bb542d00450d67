using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace XilinIngest.Deploy.Tests;

/// <summary>What compose starts from files of deploy/, with what deploy/.env says in them.</summary>
internal sealed partial class ComposeFile
{
    internal static readonly string Folder = Path.Combine(RepositoryFiles.Root, "deploy");

    internal static readonly IReadOnlyDictionary<string, string> Variables = File.ReadLines(Path.Combine(Folder, ".env"))
        .Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    /// <summary>compose.yaml alone.</summary>
    internal static readonly ComposeFile Base = new(Read("compose.yaml"));

    /// <summary>compose.yaml, and compose.cluster.yaml over it.</summary>
    internal static readonly ComposeFile Cluster = new(ComposeMerge.Merge(Read("compose.yaml"), Read("compose.cluster.yaml")));

    internal static readonly IReadOnlyDictionary<string, ComposeFile> All =
        new Dictionary<string, ComposeFile> { ["base"] = Base, ["cluster"] = Cluster };

    private readonly YamlMap _root;

    private ComposeFile(Dictionary<object, object?> root)
    {
        _root = new YamlMap(root);
        Services = _root.Child("services").ToDictionary(pair => (string)pair.Key,
            pair => new ComposeService((string)pair.Key, new YamlMap((Dictionary<object, object?>)pair.Value!)));
        SecretFiles = _root.Child("secrets").ToDictionary(pair => (string)pair.Key,
            pair => Path.GetRelativePath(Variables["XILIN_SECRETS"], new YamlMap((Dictionary<object, object?>)pair.Value!).Text("file")!));
    }

    internal IReadOnlyDictionary<string, ComposeService> Services { get; }

    /// <summary>Where each secret comes from, below <c>XILIN_SECRETS</c>.</summary>
    internal IReadOnlyDictionary<string, string> SecretFiles { get; }

    /// <summary>The names that a part of the file defines: networks, volumes.</summary>
    internal IEnumerable<string> NamesOf(string part) => _root.Child(part).Keys.Cast<string>();

    internal YamlMap Network(string name) => new((Dictionary<object, object?>)_root.Child("networks")[name]!);

    private static Dictionary<object, object?> Read(string file)
    {
        // As compose does: $$ is a dollar, and an unknown variable is a mistake here.
        var text = Variable()
            .Replace(File.ReadAllText(Path.Combine(Folder, file)), match => match.Value == "$$"
                ? "$" : Variables[match.Groups[1].Value]);
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object?>>(
            new MergingParser(new Parser(new StringReader(text))));
    }

    [GeneratedRegex("\\$\\$|\\$\\{([A-Z_]+)\\}")]
    private static partial Regex Variable();
}

/// <summary>A YAML map.</summary>
internal sealed class YamlMap(Dictionary<object, object?> values)
{
    internal string? Text(string key) => values.GetValueOrDefault(key) as string;

    internal Dictionary<object, object?> Child(string key) => values.GetValueOrDefault(key) as Dictionary<object, object?> ?? [];

    internal IReadOnlyList<object> List(string key) => values.GetValueOrDefault(key) as List<object> ?? [];
}

/// <summary>A service of the file.</summary>
internal sealed record ComposeService(string Name, YamlMap Settings)
{
    internal IReadOnlyDictionary<string, string> Environment =>
        Settings.Child("environment").ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");

    /// <summary>One of the project's programs.</summary>
    internal bool IsBuiltHere => Settings.Child("build").Count > 0;

    /// <summary>Does its work and ends.</summary>
    internal bool IsOneShot => Settings.Text("restart") == "no";

    /// <summary>Each network, and the fixed address in it.</summary>
    internal IReadOnlyDictionary<string, string?> Networks => Settings.Child("networks") is { Count: > 0 } map
        ? map.ToDictionary(pair => (string)pair.Key, pair => (pair.Value as Dictionary<object, object?>)?
            .GetValueOrDefault("ipv4_address") as string)
        : Settings.List("networks").ToDictionary(name => (string)name, _ => (string?)null);

    internal string Dockerfile => Path.Combine(RepositoryFiles.Root, (string)Settings.Child("build")["dockerfile"]!);

    /// <summary>Each secret, and the file that it is inside the container.</summary>
    internal IEnumerable<(string Source, string File)> Secrets => Settings.List("secrets").Select(secret => secret is string name
        ? (name, $"/run/secrets/{name}")
        : new YamlMap((Dictionary<object, object?>)secret) is var map
            ? (map.Text("source")!, Path.Combine("/run/secrets", map.Text("target")!)) : default);

    public override string ToString() => Name;
}
