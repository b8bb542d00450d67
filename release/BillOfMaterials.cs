using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace XilinIngest.Release;

/// <summary>The bill of materials as CycloneDX 1.6: which packages each program and library of the release is made of.</summary>
internal static class BillOfMaterials
{
    // Package names are printed as they are; nothing of this is embedded in a page.
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    /// <param name="products">The programs and libraries by name, each with its packages.</param>
    /// <param name="version">The version of the release.</param>
    /// <param name="commit">The commit that it is built from: 40 hexadecimal digits.</param>
    /// <param name="time">The time of the commit.</param>
    /// <returns>The document.</returns>
    public static string Write(
        IReadOnlyDictionary<string, IReadOnlyList<PackageUse>> products, string version, string commit, DateTimeOffset time)
    {
        var ordered = products.OrderBy(product => product.Key, StringComparer.Ordinal).ToList();
        var packages = ordered.SelectMany(product => product.Value).DistinctBy(package => package.Reference)
            .OrderBy(package => package.Reference, StringComparer.Ordinal);
        var root = $"xilin-ingest@{version}";
        return new JsonObject
        {
            ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{Guid.ParseExact(commit[..32], "N")}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["timestamp"] = FormattableString.Invariant($"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"),
                ["component"] = Component("application", root, "XilinIngest", version, "Apache-2.0"),
                ["properties"] = new JsonArray(new JsonObject { ["name"] = "xilin:commit", ["value"] = commit }),
            },
            ["components"] = new JsonArray(
            [
                .. ordered.Select(product => Component("application", Reference(product.Key, version), product.Key, version, "Apache-2.0")),
                .. packages.Select(Component),
            ]),
            ["dependencies"] = new JsonArray(
            [
                Dependency(root, ordered.Select(product => Reference(product.Key, version))),
                .. ordered.Select(product => Dependency(Reference(product.Key, version),
                    product.Value.Select(package => package.Reference).Distinct().Order(StringComparer.Ordinal))),
            ]),
        }.ToJsonString(Json) + "\n";
    }

    private static string Reference(string product, string version) => $"{product}@{version}";

    private static JsonObject Dependency(string of, IEnumerable<string> on) =>
        new() { ["ref"] = of, ["dependsOn"] = new JsonArray([.. on.Select(reference => (JsonNode)reference)]) };

    private static JsonObject Component(PackageUse package)
    {
        var component = Component("library", package.Reference, package.Name, package.Version, package.Licence);
        component["purl"] = package.Reference;
        if (package.Sha512 is { } hash)
        {
            component["hashes"] = new JsonArray(new JsonObject
            {
                ["alg"] = "SHA-512",
                ["content"] = Convert.ToHexStringLower(Convert.FromBase64String(hash)),
            });
        }

        return component;
    }

    private static JsonObject Component(string type, string reference, string name, string version, string? licence)
    {
        var component = new JsonObject { ["type"] = type, ["bom-ref"] = reference, ["name"] = name, ["version"] = version };
        if (licence is not null)
        {
            component["licenses"] = new JsonArray(Uri.IsWellFormedUriString(licence, UriKind.Absolute)
                ? new JsonObject { ["license"] = new JsonObject { ["name"] = "see url", ["url"] = licence } }
                : licence.Contains(' ', StringComparison.Ordinal)
                    ? new JsonObject { ["expression"] = licence }
                    : new JsonObject { ["license"] = new JsonObject { ["id"] = licence } });
        }

        return component;
    }
}
