using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Broker;

/// <summary>The request for the files.</summary>
internal sealed record BrokerRequest(
    string CatalogueFolder,
    string OutputFolder,
    string? PasswordFile,
    IReadOnlySet<UnitLevel> Levels,
    IReadOnlySet<string> Services,
    IReadOnlyList<string> Intakes,
    bool Encrypted);

/// <summary>The generated files.</summary>
internal sealed record BrokerFiles(
    BrokerTopology Topology, IReadOnlyList<BrokerOffice> Offices, IReadOnlyList<BrokerUser> Users, BrokerPasswords? Passwords,
    IReadOnlyList<string> QueuesToRemove)
{
    public const string DefinitionsFile = "definitions.json";
    public const string ConfigurationFile = "rabbitmq.conf";
    public const string PluginsFile = "enabled_plugins";

    /// <exception cref="CatalogueFaultsException">The catalogue has faults.</exception>
    /// <exception cref="AdminCommandException">A secret would be written into a repository, or the password file cannot be
    /// read.</exception>
    public static BrokerFiles Create(BrokerRequest request)
    {
        var read = CatalogueReader.Read(request.CatalogueFolder);
        var catalogue = read.Catalogue ?? throw new CatalogueFaultsException(request.CatalogueFolder, read.Faults);
        var offices = BrokerOffice.FromUnits(catalogue.Units, request.Levels);
        var topology = BrokerTopology.Create(offices, request.Intakes, catalogue.Partitions.All);
        List<BrokerUser> users = request.PasswordFile is null ? [] :
            [.. offices.Select(BrokerUser.ForOffice),
                .. Broker.ServiceUsers.Create(request.Intakes, catalogue.Partitions.All)
                    .Where(user => request.Services.Contains(user.Name))];
        var passwords = request.PasswordFile is { } file ? SavePasswords(file, request.OutputFolder, users, catalogue.Units) : null;

        var definitions = BrokerDefinitions.Write(topology, users, passwords?.ByUser ?? new Dictionary<string, string>());
        var left = OrphanedQueues.FindIntakeQueues(Path.Combine(request.OutputFolder, DefinitionsFile), topology);
        Directory.CreateDirectory(request.OutputFolder);
        if (passwords is null)
        {
            File.WriteAllText(Path.Combine(request.OutputFolder, DefinitionsFile), definitions);
        }
        else
        {
            SecretFileWriter.Write(Path.Combine(request.OutputFolder, DefinitionsFile), definitions);
        }

        File.WriteAllText(Path.Combine(request.OutputFolder, ConfigurationFile), BrokerConfiguration.Write(request.Encrypted));
        File.WriteAllText(Path.Combine(request.OutputFolder, PluginsFile), BrokerConfiguration.Plugins);
        return new BrokerFiles(topology, offices, users, passwords, left);
    }

    // Written before the definitions, so that every password in force is also in the password file.
    private static BrokerPasswords SavePasswords(string file, string outputFolder, IReadOnlyList<BrokerUser> users, UnitTree units)
    {
        foreach (var path in new[] { file, Path.Combine(outputFolder, DefinitionsFile) })
        {
            if (SecretFileWriter.FindGitWorkingTree(path) is { } tree)
            {
                throw new AdminCommandException(
                    $"{path} 位于 Git 仓库 {tree} 中，密码及其散列不得进入仓库。请为 --passwords 和 --out 指定仓库以外的位置；不带 --passwords 时，definitions.json 不含用户，可以入库。",
                    $"{path} is in the git working tree {tree}, and neither passwords nor their hashes belong there. Name places outside "
                    + "it with --passwords and --out; without --passwords, definitions.json has no users and may be committed.");
            }
        }

        var passwords = BrokerPasswords.Generate(users.Select(user => user.Name), BrokerPasswords.Read(file),
            user => units.TryFind(user, out _) || Broker.ServiceUsers.Names.Contains(user));
        passwords.Write(file);
        return passwords;
    }
}
