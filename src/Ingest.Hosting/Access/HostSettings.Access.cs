using System.Globalization;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

// Who may come in.
public sealed partial class HostSettings
{
    private static readonly string[] ProviderKeys =
        ["Access:Audience", "Access:ClientId", "Access:ClientSecret", "Access:RightClaim", "Access:UnitClaim", "Access:ReadRole", "Access:EnterRole", "Access:AdminRole"];

    /// <summary>How people and programs sign in; by nothing, unless told.</summary>
    /// <param name="usualKeys">The file of keys, unless told otherwise; it may be missing, where one that is named may not.</param>
    /// <param name="usualFolder">Where the pages keep what seals their cookies, unless told otherwise.</param>
    public AccessOptions Access(string? usualKeys = null, string? usualFolder = null)
    {
        var usual = new AccessOptions();
        var authority = Optional("Access:Authority", text => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)) ? address : null,
            "https://统一登录系统的地址(http 仅限本机)", "https://the provider's address (http on this machine alone)");
        var audience = Optional("Access:Audience", text => text, "令牌的受众", "the audience of tokens");
        var client = Optional("Access:ClientId", text => text, "客户端标识", "the client's id");
        if (authority is not null && audience is null && client is null)
        {
            _faults.Add(("设置 Access__Authority 还需要 Access__Audience(程序以令牌访问)或 Access__ClientId(网页登录)。", "Setting Access__Authority also needs Access__Audience (programs with a token) or Access__ClientId (people on the pages)."));
        }

        RejectIncompleteProvider(authority, client);
        var access = new AccessOptions
        {
            KeyFile = Optional("Access:Keys", text => File.Exists(text) ? Path.GetFullPath(text) : null, "已有的密钥文件(用 key add --file 生成)", "a file of keys that is there (key add --file makes it)") ?? usualKeys,
            Authority = authority,
            Audience = audience,
            ClientId = client,
            ClientSecret = configuration["Access:ClientSecret"] is { Length: > 0 } secret ? secret : null,
            RightClaim = configuration["Access:RightClaim"] ?? usual.RightClaim,
            UnitClaim = configuration["Access:UnitClaim"] ?? usual.UnitClaim,
            ReadRole = configuration["Access:ReadRole"] ?? usual.ReadRole,
            EnterRole = configuration["Access:EnterRole"] ?? usual.EnterRole,
            AdminRole = configuration["Access:AdminRole"] ?? usual.AdminRole,
            Folder = Optional("Access:Folder", text => Directory.Exists(text) ? Path.GetFullPath(text) : null, "已有的文件夹", "a folder that is there") ?? usualFolder,
            IntakePerMinute = PerMinute("Access:IntakePerMinute", usual.IntakePerMinute),
            SignInsPerMinute = PerMinute("Access:SignInsPerMinute", usual.SignInsPerMinute),
        };
        RejectDuplicateRoles(access);
        return access;
    }

    // Without a provider they would do nothing, and without a word: whoever wrote them believes that people have to sign in.
    private void RejectIncompleteProvider(Uri? authority, string? client)
    {
        var told = ProviderKeys.Where(key => configuration[key] is { Length: > 0 }).Select(EnvironmentName).ToList();
        if (authority is null && told.Count > 0 && configuration["Access:Authority"] is not { Length: > 0 })
        {
            _faults.Add(($"设置 {string.Join("、", told)} 须与 Access__Authority 一起使用:没有统一登录系统的地址,这些设置不起作用,任何人都无须登录。请补上 Access__Authority,或删去这些设置。",
                $"Setting {string.Join(", ", told)} goes with Access__Authority: without the provider's address it does nothing, and no one would have to sign in. Add Access__Authority, or take the setting out."));
        }

        if (client is null && configuration["Access:ClientSecret"] is { Length: > 0 } && authority is not null)
        {
            _faults.Add(("设置 Access__ClientSecret 须与 Access__ClientId 一起使用。请补上 Access__ClientId,或删去此设置。", "Setting Access__ClientSecret goes with Access__ClientId. Add Access__ClientId, or take the setting out."));
        }
    }

    // Of two rights with one name, the greater would be given to all who have the lesser.
    private void RejectDuplicateRoles(AccessOptions access)
    {
        var roles = new[] { ("Access:ReadRole", access.ReadRole), ("Access:EnterRole", access.EnterRole), ("Access:AdminRole", access.AdminRole) };
        foreach (var same in roles.GroupBy(role => role.Item2, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            var names = same.Select(role => EnvironmentName(role.Item1)).ToList();
            _faults.Add(($"设置 {string.Join("、", names)} 的值相同({same.Key}):有其中一项权限的人就会得到全部。请各写不同的角色名。",
                $"Setting {string.Join(", ", names)}: all are {same.Key}, so whoever has one of these rights would have them all. Give each a role of its own."));
        }

        if (access.RightClaim == access.UnitClaim)
        {
            _faults.Add(($"设置 Access__RightClaim 与 Access__UnitClaim 的值相同({access.RightClaim})。请各写不同的声明名。", $"Settings Access__RightClaim and Access__UnitClaim are both {access.RightClaim}. Name two different claims."));
        }
    }

    private T? Optional<T>(string key, Func<string, T?> parse, string wantedZh, string wantedEn)
        where T : class => configuration[key] is { Length: > 0 } ? Read(key, null, parse, wantedZh, wantedEn) : null;

    private int PerMinute(string key, int usual) => Read<object>(key, usual.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : null, "每分钟的次数,大于 0", "how often in a minute, more than 0") as int? ?? usual;

    /// <summary>What the pages ask the services with, where these want to know who asks: a key with the right admin.</summary>
    public string? ServiceAccessKey() => configuration["Services:Key"]?.Trim() is { Length: > 0 } key ? key : null;
}
