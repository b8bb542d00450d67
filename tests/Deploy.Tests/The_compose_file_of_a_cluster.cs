using System.Net;

namespace XilinIngest.Deploy.Tests;

/// <summary>compose.cluster.yaml over compose.yaml; what holds of every service is in <see cref="The_compose_file"/>.</summary>
public sealed class The_compose_file_of_a_cluster
{
    private const string Network = "silos";
    private const string SiloPort = "5092";

    private static readonly IReadOnlyList<ComposeService> Silos =
        [.. ComposeFile.Cluster.Services.Values.Where(service => service.Environment.ContainsKey("Cluster__Address"))];

    public static TheoryData<string> SiloNames => [.. Silos.Select(silo => silo.Name)];

    [Fact]
    public void Has_three_silos_and_no_other_aggregator()
    {
        Assert.Equal(["aggregator", "aggregator-standby", "aggregator-third"], Silos.Select(silo => silo.Name).Order());
        Assert.DoesNotContain(ComposeFile.Cluster.Services.Values,
            service => service.Settings.Text("image")!.StartsWith("xilin-aggregator:", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(SiloNames))]
    public void Starts_a_silo_again_whenever_it_ends_and_asks_it_how_it_is(string name)
    {
        var silo = ComposeFile.Cluster.Services[name];
        Assert.Equal("unless-stopped", silo.Settings.Text("restart"));
        var image = new Dockerfile(silo.Dockerfile);
        Assert.Equal("silo.Dockerfile", image.Name);
        Assert.Equal(["CMD", .. image.EntryPoint, "--probe"], ((List<object>)silo.Settings.Child("healthcheck")["test"]!).Cast<string>());
    }

    /// <summary>Only image, membership, address, name and port are others than an aggregator's.</summary>
    [Theory, MemberData(nameof(SiloNames))]
    public void Gives_a_silo_all_that_an_aggregator_has(string name)
    {
        var (silo, aggregator) = (ComposeFile.Cluster.Services[name].Settings, ComposeFile.Base.Services["aggregator"].Settings);
        foreach (var setting in new[] { "user", "read_only", "restart", "stop_grace_period", "cpus", "mem_limit", "pids_limit" })
        {
            Assert.Equal(aggregator.Text(setting), silo.Text(setting));
        }

        foreach (var list in new[] { "tmpfs", "cap_drop", "security_opt", "volumes" })
        {
            Assert.Equal(aggregator.List(list), silo.List(list));
        }

        Assert.Equal(aggregator.Child("environment").Keys.Cast<string>().Concat(["Cluster__Address", "Cluster__Port"]).Order(),
            silo.Child("environment").Keys.Cast<string>().Order());
        Assert.Equal(aggregator.Child("healthcheck").Where(pair => (string)pair.Key != "test").Order(Named),
            silo.Child("healthcheck").Where(pair => (string)pair.Key != "test").Order(Named));
        Assert.Equal(ComposeFile.Base.Services["aggregator"].Secrets
            .Append(("aggregator-cluster", "/run/secrets/ConnectionStrings__Cluster")).Order(),
            ComposeFile.Cluster.Services[name].Secrets.Order());
        Assert.Empty(aggregator.Child("depends_on").Keys.Cast<string>().Except(silo.Child("depends_on").Keys.Cast<string>())
            .Except(["sqlserver-rights"]));
    }

    [Theory, MemberData(nameof(SiloNames))]
    public void Lets_silos_reach_each_other_at_a_fixed_address_of_their_network(string name)
    {
        var silo = ComposeFile.Cluster.Services[name];
        Assert.Equal(silo.Networks[Network], silo.Environment["Cluster__Address"]);
        Assert.Equal(SiloPort, silo.Environment["Cluster__Port"]);
        Assert.Single(Silos, other => other.Networks[Network] == silo.Networks[Network]);

        var subnet = IPNetwork.Parse(SubnetOfSilos());
        var address = IPAddress.Parse(silo.Networks[Network]!);
        Assert.True(subnet.Contains(address));

        // The first is the gateway's, the last that of all.
        Assert.InRange(address.GetAddressBytes()[3], subnet.BaseAddress.GetAddressBytes()[3] + 2,
            subnet.BaseAddress.GetAddressBytes()[3] + (1 << (32 - subnet.PrefixLength)) - 2);
    }

    [Fact]
    public void Lets_no_one_else_reach_the_port_of_the_silos()
    {
        Assert.Equal("true", ComposeFile.Cluster.Network(Network).Text("internal"));
        Assert.InRange(IPNetwork.Parse(SubnetOfSilos()).PrefixLength, 28, 29);
        Assert.Equal(Silos.Select(silo => silo.Name).Order(), ComposeFile.Cluster.Services.Values
            .Where(service => service.Networks.ContainsKey(Network)).Select(service => service.Name).Order());
        Assert.All(ComposeFile.Cluster.Services.Values.SelectMany(service => service.Settings.List("ports")),
            port => Assert.DoesNotContain(SiloPort, (string)port, StringComparison.Ordinal));
        Assert.Distinct(ComposeFile.Cluster.Services.Values.SelectMany(service => service.Settings.List("ports"))
            .Select(port => ((string)port).Split(':')[1]));
    }

    [Theory, InlineData("dashboard"), InlineData("notifier")]
    public void Asks_every_silo_under_a_name_that_it_answers(string name)
    {
        var asked = ComposeFile.Cluster.Services[name].Environment["Services__Results"].Split(';')
            .Select(address => new Uri(address)).ToList();
        Assert.Equal(Silos.Select(silo => silo.Name).Order(), asked.Select(address => address.Host).Order());
        Assert.All(asked, address => Assert.Equal(5082, address.Port));
        Assert.All(Silos, silo =>
            Assert.Equal(asked.Select(address => address.Host).Order(), silo.Environment["AllowedHosts"].Split(';').Order()));
    }

    [Fact]
    public void Makes_the_membership_as_its_owner_before_rights_and_silos()
    {
        var migrate = ComposeFile.Cluster.Services["migrate-membership"];
        Assert.True(migrate.IsOneShot);
        Assert.Equal(["migrate"], migrate.Settings.List("command"));
        Assert.Equal("silo.Dockerfile", Path.GetFileName(migrate.Dockerfile));
        Assert.Equal([("owner-cluster", "/run/secrets/ConnectionStrings__Cluster")], migrate.Secrets);
        Assert.Equal(["inside"], migrate.Networks.Keys);
        Assert.All(Silos.Append(ComposeFile.Cluster.Services["postgres-rights"]),
            service => Assert.Contains(migrate.Name, service.Settings.Child("depends_on").Keys));
        Assert.All(Silos, silo => Assert.Contains("postgres-rights", silo.Settings.Child("depends_on").Keys));
        var rights = ComposeFile.Cluster.Services["postgres-rights"].Settings;
        Assert.Equal(["/bin/sh", "/etc/xilin/postgresql.sh", "rights"], rights.List("entrypoint"));
        Assert.Equal(["membership"], rights.List("command"));
    }

    /// <summary>Tags such as <c>!reset</c> are not known to compose 2.20.</summary>
    [Fact]
    public void Is_merged_without_tags() =>
        Assert.DoesNotMatch("(?m)[:-] *!", File.ReadAllText(Path.Combine(ComposeFile.Folder, "compose.cluster.yaml")));

    private static Comparer<KeyValuePair<object, object?>> Named =>
        Comparer<KeyValuePair<object, object?>>.Create((one, other) => string.CompareOrdinal((string)one.Key, (string)other.Key));

    private static string SubnetOfSilos()
    {
        var ipam = new YamlMap(ComposeFile.Cluster.Network(Network).Child("ipam"));
        return new YamlMap((Dictionary<object, object?>)Assert.Single(ipam.List("config"))).Text("subnet")!;
    }
}
