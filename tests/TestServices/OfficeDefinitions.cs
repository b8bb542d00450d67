using System.Text.Json.Nodes;
using XilinIngest.Admin.Broker;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.TestServices;

/// <summary>
/// What <c>xilin-admin broker</c> makes for a broker, for some offices alone, on the virtual host that a new broker has, and with one
/// password for all.
/// </summary>
internal static class OfficeDefinitions
{
    internal const string Password = "secret";
    internal const string Worker = Admin.Broker.ServiceUsers.Worker;
    internal const string Aggregator = Admin.Broker.ServiceUsers.Aggregator;
    internal const string Notifier = Admin.Broker.ServiceUsers.Notifier;
    internal const string Staff = Admin.Broker.ServiceUsers.Staff;
    private static readonly string[] Intakes = ["#"];
    private static readonly HashSet<UnitLevel> Levels =
        [UnitLevel.District, UnitLevel.Street, UnitLevel.Village, UnitLevel.Enterprise];

    private static readonly Lazy<IReadOnlyList<Admin.Broker.BrokerOffice>> AllOffices = new(() =>
        Admin.Broker.BrokerOffice.FromUnits(CatalogueReader.Read(Path.Combine(RepositoryFiles.Root, "catalogue")).Catalogue!.Units,
            Levels));

    internal static string Generate(params IEnumerable<string> codes) => Generate([Partition.WholeTree], codes);

    internal static string Generate(IReadOnlyList<Partition> partitions, IEnumerable<string> codes)
    {
        var offices = AllOffices.Value.Where(office => codes.Contains(office.Code)).ToList();
        List<BrokerUser> users = [.. offices.Select(BrokerUser.ForOffice), .. Admin.Broker.ServiceUsers.Create(Intakes, partitions)];
        var all = JsonNode.Parse(
            Admin.Broker.BrokerDefinitions.Write(Admin.Broker.BrokerTopology.Create(offices, Intakes, partitions), users,
                users.ToDictionary(user => user.Name, _ => Password)))!.AsObject();
        all.Remove("vhosts");
        foreach (var part in all.SelectMany(group => group.Value!.AsArray()).Where(part => part!["vhost"] is not null))
        {
            part!["vhost"] = "/";
        }

        return all.ToJsonString();
    }

    /// <summary>The routing key of an office's own submissions.</summary>
    internal static string PathOf(string code) => AllOffices.Value.Single(office => office.Code == code).Paths[^1];
}
