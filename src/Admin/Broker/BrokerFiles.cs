using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Broker;

/// <summary>What was asked for.</summary>
internal sealed record BrokerRequest(
    string CatalogueFolder,
    string OutputFolder,
    string? PasswordFile,
    IReadOnlySet<UnitLevel> Levels,
    IReadOnlySet<string> Services,
    IReadOnlyList<string> Intakes,
    bool Encrypted);

/// <summary>What was made.</summary>
internal sealed record BrokerFiles(Topology Topology, IReadOnlyList<Office> Offices, IReadOnlyList<BrokerUser> Users, Passwords? Passwords, IReadOnlyList<string> LeftIntakes)
{
    public const string DefinitionsFile = "definitions.json";
    public const string ConfigurationFile = "rabbitmq.conf";
    public const string PluginsFile = "enabled_plugins";

    /// <exception cref="CatalogueFaultsException">The catalogue is not fit for use.</exception>
    /// <exception cref="RefusedException">It would put a secret into a repository, or cannot read the password file.</exception>
    public static BrokerFiles Make(BrokerRequest request)
    {
        var read = CatalogueReader.Read(request.CatalogueFolder);
        var catalogue = read.Catalogue ?? throw new CatalogueFaultsException(request.CatalogueFolder, read.Faults);
        var offices = Office.Of(catalogue.Units, request.Levels);
        var topology = Topology.For(offices, request.Intakes);
        List<BrokerUser> users = request.PasswordFile is null ? [] :
            [.. offices.Select(BrokerUser.For), .. Broker.Services.For(request.Intakes).Where(user => request.Services.Contains(user.Name))];
        var passwords = request.PasswordFile is { } file ? SavePasswords(file, request.OutputFolder, users, catalogue.Units) : null;

        var definitions = Definitions.Write(topology, users, passwords?.ByUser ?? new Dictionary<string, string>());
        var left = LeftOver.Intakes(Path.Combine(request.OutputFolder, DefinitionsFile), topology);
        Directory.CreateDirectory(request.OutputFolder);
        if (passwords is null)
        {
            File.WriteAllText(Path.Combine(request.OutputFolder, DefinitionsFile), definitions);
        }
        else
        {
            SecretFile.Write(Path.Combine(request.OutputFolder, DefinitionsFile), definitions);
        }

        File.WriteAllText(Path.Combine(request.OutputFolder, ConfigurationFile), Configuration.Write(request.Encrypted));
        File.WriteAllText(Path.Combine(request.OutputFolder, PluginsFile), Configuration.Plugins);
        return new BrokerFiles(topology, offices, users, passwords, left);
    }

    // Before the definitions: a password that is in force must be known to someone.
    private static Passwords SavePasswords(string file, string outputFolder, IReadOnlyList<BrokerUser> users, UnitTree units)
    {
        foreach (var path in new[] { file, Path.Combine(outputFolder, DefinitionsFile) })
        {
            if (SecretFile.WorkingTreeOf(path) is { } tree)
            {
                throw new RefusedException(
                    $"{path} 位于 Git 仓库 {tree} 中,密码及其散列不得进入仓库。请为 --passwords 和 --out 指定仓库以外的位置;不带 --passwords 时,definitions.json 不含用户,可以入库。",
                    $"{path} is in the git working tree {tree}, and neither passwords nor their hashes belong there. Name places outside it with --passwords and --out; without --passwords, definitions.json has no users and may be committed.");
            }
        }

        var passwords = Passwords.For(users.Select(user => user.Name), Passwords.Read(file),
            user => (UnitCode.TryParse(user, out var code) && units.TryFind(code, out _)) || Broker.Services.Names.Contains(user));
        passwords.Write(file);
        return passwords;
    }
}
