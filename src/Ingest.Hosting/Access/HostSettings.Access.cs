using System.Globalization;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

// Who may come in.
public sealed partial class HostSettings
{
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

        return new AccessOptions
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
    }

    private T? Optional<T>(string key, Func<string, T?> parse, string wantedZh, string wantedEn)
        where T : class => configuration[key] is { Length: > 0 } ? Read(key, null, parse, wantedZh, wantedEn) : null;

    private int PerMinute(string key, int usual) => Read<object>(key, usual.ToString(CultureInfo.InvariantCulture),
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : null, "每分钟的次数,大于 0", "how often in a minute, more than 0") as int? ?? usual;

    /// <summary>What the pages ask the services with, where these want to know who asks: a key with the right admin.</summary>
    public string? ServicesKey() => configuration["Services:Key"]?.Trim() is { Length: > 0 } key ? key : null;
}
