using System.Text.Json;
using System.Text.RegularExpressions;
using XilinIngest.Admin.Broker;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Tests.Definitions;

public sealed class The_definitions_of_the_units_that_are_shipped : IAsyncLifetime, IDisposable
{
    private static readonly UnitTree Units = CatalogueReader.Read(AdminProgram.Catalogue).Catalogue!.Units;
    private static readonly List<string> Offices =
        [.. Units.All.Where(unit => unit.Level is UnitLevel.Street or UnitLevel.Village or UnitLevel.Enterprise)
            .Select(unit => unit.Code.Value)];
    private readonly GeneratedFilesFolder _folder = new();
    private JsonElement _definitions;

    public async Task InitializeAsync()
    {
        (await _folder.GenerateAsync("--catalogue", AdminProgram.Catalogue)).AssertSucceeded();
        _definitions = JsonElement.Parse(File.ReadAllBytes(_folder.In("rabbitmq", BrokerFiles.DefinitionsFile)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Have_a_user_for_every_street_village_and_enterprise_and_for_the_services_and_no_one_else() =>
        Assert.Equal([.. Offices, "xilin-worker", "xilin-aggregator", "xilin-notifier", "xilin-staff"], Names("users"));

    [Fact]
    public void Have_a_receipt_queue_for_every_office_bound_under_its_name()
    {
        Assert.Equal(Offices.Select(Queues.ReceiptsOf),
            Names("queues").Where(name => name.StartsWith("xilin.receipts.", StringComparison.Ordinal)));
        Assert.Equal(
            Offices.Select(office => (Queues.ReceiptsOf(office), office)),
            Rows("bindings")
                .Where(row => Text(row, "source") == Exchanges.Receipts)
                    .Select(row => (Text(row, "destination"), Text(row, "routing_key"))));
    }

    [Fact]
    public void Have_every_exchange_that_the_contracts_name() =>
        Assert.Equal(typeof(Exchanges).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
            Names("exchanges").Order());

    [Fact]
    public void Have_the_queues_of_docs_wire_md()
    {
        var documented =
            Regex.Matches(File.ReadAllText(Path.Combine(AdminProgram.Root, "docs", "wire.md")), @"^\| `(xilin\.[a-z.]+)` \| (`|–)",
                RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        Assert.Equal(documented.Order(),
            Names("queues").Where(name => !name.StartsWith("xilin.receipts.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public void Have_the_queues_of_the_AsyncAPI_document()
    {
        var documented = Regex.Matches(File.ReadAllText(Path.Combine(AdminProgram.Root, "docs", "wire", "asyncapi.yaml")),
                @"queue: \{ name: ('?)(xilin\.[a-z.{}]+)\1,").Select(match => match.Groups[2].Value);
        Assert.Equal(documented.Order(),
            Names("queues")
                .Where(name => !name.StartsWith("xilin.receipts.", StringComparison.Ordinal)).Append(Queues.ReceiptsOf("{user}")).Order());
    }

    [Fact]
    public void Have_quorum_queues_alone() =>
        Assert.All(Rows("queues"), queue => Assert.Equal("quorum", Text(queue.GetProperty("arguments"), "x-queue-type")));

    [Fact]
    public void Let_every_office_write_under_its_own_path_and_its_bare_code()
    {
        var patterns = Rows("topic_permissions").ToDictionary(row => Text(row, "user"), row => Text(row, "write"));
        foreach (var unit in Units.All.Where(unit => Offices.Contains(unit.Code.Value)))
        {
            var pattern = patterns[unit.Code.Value];
            var path = Units.PathOf(unit, unit.Spans[^1].From);
            Assert.Matches(pattern, path);
            Assert.Matches(pattern, path + ".7");
            Assert.Matches(pattern, unit.Code.Value);
            Assert.DoesNotMatch(pattern, unit.Code.Value + ".7");
            Assert.DoesNotMatch(pattern, path + "7");
            Assert.DoesNotMatch(pattern, "9" + path);
            Assert.DoesNotMatch(pattern, path.Replace('.', '-'));
            Assert.DoesNotMatch(pattern, path[..path.LastIndexOf('.')]);
        }
    }

    [Fact]
    public void Hold_each_password_as_a_salted_hash_and_never_as_itself()
    {
        var text = _definitions.GetRawText();
        foreach (var user in Rows("users"))
        {
            var password = _folder.Passwords[Text(user, "name")];
            Assert.True(PasswordHash.Matches(password, Text(user, "password_hash")));
            Assert.DoesNotContain(password, text, StringComparison.Ordinal);
        }

        Assert.Equal(_folder.Passwords.Count, _folder.Passwords.Values.Distinct().Count());
    }

    [Fact]
    public void Have_no_administrator_and_one_user_who_may_speak_for_others() =>
        Assert.Equal([("xilin-staff", "impersonator")],
            Rows("users").Select(user => (Text(user, "name"), Text(user, "tags"))).Where(user => user.Item2.Length > 0));

    [Fact]
    public async Task Are_committed_without_users_as_the_command_makes_them()
    {
        (await AdminProgram.RunAdminAsync("broker", "--catalogue", AdminProgram.Catalogue, "--out",
            _folder.In("committed"))).AssertSucceeded();
        foreach (var file in new[] { BrokerFiles.DefinitionsFile, BrokerFiles.ConfigurationFile, BrokerFiles.PluginsFile })
        {
            Assert.Equal(File.ReadAllText(_folder.In("committed", file)),
                File.ReadAllText(Path.Combine(AdminProgram.Root, "deploy", "rabbitmq", file)));
        }

        Assert.DoesNotContain("password", File.ReadAllText(_folder.In("committed", BrokerFiles.DefinitionsFile)), StringComparison.Ordinal);
    }

    private List<JsonElement> Rows(string section) => [.. _definitions.GetProperty(section).EnumerateArray()];

    private IEnumerable<string> Names(string section) => Rows(section).Select(row => Text(row, "name"));

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetString()!;
}
