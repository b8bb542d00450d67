using System.Text.Json.Nodes;

namespace XilinIngest.Release.Tests;

public sealed class A_bill_of_materials
{
    private static readonly string Commit = new('a', 40);

    // What the release tool itself was restored with.
    private static readonly IReadOnlyList<PackageUse> Own =
        PackageUse.ReadAssets(Path.Combine(RepositoryFiles.Root, "release", "obj", "project.assets.json"));

    [Fact]
    public void Names_the_packages_that_run_with_licence_and_hash_and_no_analyzer()
    {
        var package = Assert.Single(Own);
        Assert.Equal(("System.CommandLine", "MIT"), (package.Name, package.Licence));
        Assert.Equal(64, Convert.FromBase64String(package.Sha512!).Length);
    }

    [Fact]
    public void Says_which_program_is_made_of_which_packages()
    {
        var bill = JsonNode.Parse(BillOfMaterials.Write(
            new Dictionary<string, IReadOnlyList<PackageUse>>
            {
                ["b"] = Own,
                ["a"] = [.. Own, new("Old", "1.0.0", null, "https://example.org/x")]
            },
            "1.2.3", Commit, DateTimeOffset.UnixEpoch))!;
        Assert.Equal(("CycloneDX", "1.6"), ((string)bill["bomFormat"]!, (string)bill["specVersion"]!));
        var references = bill["components"]!.AsArray().Select(component => (string)component!["bom-ref"]!).ToList();
        Assert.Equal(["a@1.2.3", "b@1.2.3", "pkg:nuget/Old@1.0.0", Own[0].Reference], references);
        Assert.Equal(["xilin-ingest@1.2.3", "a@1.2.3", "b@1.2.3"],
            bill["dependencies"]!.AsArray().Select(dependency => (string)dependency!["ref"]!));
        Assert.All(bill["dependencies"]!.AsArray().SelectMany(dependency => dependency!["dependsOn"]!.AsArray()),
            reference => Assert.Contains((string)reference!, references));
    }
}
