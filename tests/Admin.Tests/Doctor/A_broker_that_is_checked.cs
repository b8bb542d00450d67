using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using XilinIngest.Admin.Doctor;
using XilinIngest.Admin.Installations;
using XilinIngest.CatalogueFiles;

namespace XilinIngest.Admin.Tests.Doctor;

[Collection(nameof(GeneratedBroker))]
[UnsupportedOSPlatform("windows")]
public sealed class A_broker_that_is_checked(GeneratedBroker deployment)
{
    private static readonly XilinIngest.Indicators.Catalogue Catalogue = CatalogueReader.Read(AdminProgram.Catalogue).Catalogue!;

    [Theory]
    [InlineData("xilin-worker", "has all of its 2 queues")]
    [InlineData("xilin-notifier", "has all of its 1 queues")]
    public async Task Accepts_a_service_and_has_its_queues(string user, string told)
    {
        var finding = Assert.Single(await RunAsync(deployment.AddressOf(user)));
        Assert.Equal(CheckState.Fine, finding.State);
        Assert.Contains(told, finding.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_wrong_password_and_lacks_the_queue_of_another_subtree()
    {
        var refused = Assert.Single(await RunAsync(deployment.AddressOf("xilin-worker", "wrong")));
        Assert.Equal(CheckState.Fault, refused.State);
        Assert.Contains("refuses access", refused.En, StringComparison.Ordinal);

        var missing = await RunAsync(deployment.AddressOf("xilin-worker"), ("Intake__Binding", "32.04.04.004.#"));
        Assert.Contains(missing, finding => finding is { State: CheckState.Warning }
            && finding.En.StartsWith("There is no queue xilin.worker.intake.32.04.04.004;", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Has_by_its_own_export_what_the_catalogue_wants_and_differences_are_named()
    {
        var export = JsonNode.Parse(await deployment.Node.ExportAsync())!.AsObject();
        Assert.Equal(CheckState.Fine, Assert.Single(DefinitionsCheck.Find(export, Catalogue, "#")).State);

        export["policies"]!.AsArray().Single(policy => (string?)policy!["name"] == "xilin-parked")!["pattern"] = "^other$";
        export["permissions"]!.AsArray().Single(item => (string?)item!["user"] == "xilin-worker")!["write"] = ".*";
        Remove(export, "bindings", binding => (string?)binding["destination"] == "xilin.notifier");
        export["queues"]!.AsArray().Add(new JsonObject { ["name"] = "xilin.worker.intake.32.04.04.004", ["vhost"] = "xilin" });
        Remove(export, "queues", queue => (string?)queue["name"] == "xilin.parked");

        var told = string.Join('\n', DefinitionsCheck.Find(export, Catalogue, "#").Select(finding => finding.En));
        Assert.Contains("1 policies differ from what they should be: xilin-parked", told, StringComparison.Ordinal);
        Assert.Contains("1 permissions of users differ from what they should be: xilin-worker", told, StringComparison.Ordinal);
        Assert.Contains("xilin.results → xilin.notifier → alert.#", told, StringComparison.Ordinal);
        Assert.Contains("queues are missing: xilin.parked", told, StringComparison.Ordinal);
        Assert.DoesNotContain("password", told, StringComparison.OrdinalIgnoreCase);
    }

    private static void Remove(JsonObject export, string section, Func<JsonObject, bool> which)
    {
        var all = export[section]!.AsArray();
        all.Remove(all.Single(item => which(item!.AsObject())));
    }

    private static Task<IReadOnlyList<CheckFinding>> RunAsync(Uri broker, params (string Name, string Value)[] settings) =>
        BrokerCheck.RunAsync(InstallationOf([("ConnectionStrings__Bus", broker.AbsoluteUri), .. settings]), CancellationToken.None);

    private static Installation InstallationOf(IEnumerable<(string Name, string Value)> settings) => TestInstallation.Read(
        [("Catalogue__Folder", AdminProgram.Catalogue), .. settings]);
}
