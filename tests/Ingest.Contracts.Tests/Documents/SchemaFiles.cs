using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace XilinIngest.Contracts.Tests.Documents;

/// <summary>The files of <c>docs/wire</c>.</summary>
internal static class SchemaFiles
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Documents");

    /// <summary>By file, and in it by the contract's name.</summary>
    public static readonly IReadOnlyDictionary<string, JsonObject> Definitions = Directory.EnumerateFiles(Folder, "*.schema.json")
        .ToDictionary(path => Path.GetFileName(path), path => JsonNode.Parse(File.ReadAllText(path))!["$defs"]!.AsObject());

    /// <summary>Which file describes a contract.</summary>
    public static string FileOf(string contract) => Definitions.Single(file => file.Value.ContainsKey(contract)).Key;

    /// <summary>Whether a contract's schema takes a message, formats and all.</summary>
    public static bool IsValid(string contract, JsonNode message)
    {
        // A file may name a definition of another one, and each contract is defined once.
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$ref"] = $"#/$defs/{contract}",
            ["$defs"] = new JsonObject(Definitions.Values.SelectMany(file => file)
                .Select(each => KeyValuePair.Create(each.Key, each.Value?.DeepClone()))),
        };
        using var document = JsonDocument.Parse(message.ToJsonString());
        return JsonSchema.FromText(schema.ToJsonString().Replace("urn:xilin:receipts#", "#", StringComparison.Ordinal))
            .Evaluate(document.RootElement, new EvaluationOptions { RequireFormatValidation = true }).IsValid;
    }

    /// <summary>A definition's own properties and those of what it builds on.</summary>
    public static (IReadOnlyDictionary<string, JsonObject> Properties, IReadOnlySet<string> Required) Flatten(
        JsonObject definitions, string contract)
    {
        var definition = definitions[contract]!.AsObject();
        var properties =
            definition["properties"]!.AsObject().ToDictionary(property => property.Key, property => property.Value!.AsObject());
        var required = (definition["required"]?.AsArray() ?? []).Select(name => (string)name!).ToHashSet();
        foreach (var part in definition["allOf"]?.AsArray() ?? [])
        {
            var (inherited, requiredThere) = Flatten(definitions, NameOf(part!)!);
            inherited.ToList().ForEach(property => properties.Add(property.Key, property.Value));
            required.UnionWith(requiredThere);
        }

        return (properties, required);
    }

    /// <summary>The contract that a reference names; null: none.</summary>
    public static string? NameOf(JsonNode node) => ((string?)node["$ref"])?.Split('/')[^1];
}
