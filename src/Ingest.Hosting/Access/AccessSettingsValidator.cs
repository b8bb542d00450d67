using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting.Access;

/// <summary>Validates how people and programs sign in.</summary>
internal sealed class AccessSettingsValidator : IValidateOptions<AccessSettings>
{
    public ValidateOptionsResult Validate(string? name, AccessSettings options)
    {
        var faults = new SettingFaults();
        CheckValues(options, faults);
        RejectIncompleteProvider(options, faults);
        RejectDuplicateRoles(options.ToOptions(null, null), faults);
        return faults.Result;
    }

    private static void CheckValues(AccessSettings options, SettingFaults faults)
    {
        faults.Check(
            "Access:Authority", options.Authority, text => AccessSettings.TryParseAuthority(text) is not null,
            "https://统一登录系统的地址（http 仅限本机）", "https://the provider's address (http on this machine alone)");
        faults.Check(
            "Access:Keys", options.Keys, File.Exists, "已有的密钥文件（用 key add --file 生成）",
            "a file of keys that is there (key add --file makes it)");
        faults.Check("Access:Folder", options.Folder, Directory.Exists, "已有的文件夹", "a folder that is there");
        CheckRate("Access:IntakePerMinute", options.IntakePerMinute, faults);
        CheckRate("Access:SignInsPerMinute", options.SignInsPerMinute, faults);
    }

    private static void CheckRate(string key, string? text, SettingFaults faults) => faults.Check(
        key, text, rate => AccessSettings.TryParseRate(rate) is not null, "每分钟的次数，大于 0", "how often in a minute, more than 0");

    // Without a provider these settings have no effect, but their author believes that people have to sign in.
    private static void RejectIncompleteProvider(AccessSettings options, SettingFaults faults)
    {
        var hasAuthority = AccessSettings.TryParseAuthority(options.Authority) is not null;
        var hasClient = !string.IsNullOrEmpty(options.ClientId);
        if (hasAuthority && string.IsNullOrEmpty(options.Audience) && !hasClient)
        {
            faults.Add(
                "设置 Access__Authority 还需要 Access__Audience（程序以令牌访问）或 Access__ClientId（网页登录）。",
                "Setting Access__Authority also needs Access__Audience (programs with a token) or Access__ClientId (people on the pages).");
        }

        if (string.IsNullOrEmpty(options.Authority) && ProviderSettings(options) is { Count: > 0 } names)
        {
            faults.Add(
                $"设置 {string.Join("、", names)} 须与 Access__Authority 一起使用：没有统一登录系统的地址，这些设置不起作用，任何人都无须登录。"
                + "请补上 Access__Authority，或删去这些设置。",
                $"Setting {string.Join(", ", names)} goes with Access__Authority: without the provider's address it does nothing, "
                + "and no one would have to sign in. Add Access__Authority, or take the setting out.");
        }

        if (hasAuthority && !hasClient && !string.IsNullOrEmpty(options.ClientSecret))
        {
            faults.Add(
                "设置 Access__ClientSecret 须与 Access__ClientId 一起使用。请补上 Access__ClientId，或删去此设置。",
                "Setting Access__ClientSecret goes with Access__ClientId. Add Access__ClientId, or take the setting out.");
        }
    }

    private static List<string> ProviderSettings(AccessSettings options) =>
    [
        .. new (string Key, string? Value)[]
        {
            ("Access:Audience", options.Audience), ("Access:ClientId", options.ClientId), ("Access:ClientSecret", options.ClientSecret),
            ("Access:RightClaim", options.RightClaim), ("Access:UnitClaim", options.UnitClaim), ("Access:ReadRole", options.ReadRole),
            ("Access:EnterRole", options.EnterRole), ("Access:CloseRole", options.CloseRole), ("Access:ActRole", options.ActRole),
            ("Access:ReviewRole", options.ReviewRole),
            ("Access:AdminRole", options.AdminRole),
        }.Where(setting => !string.IsNullOrEmpty(setting.Value)).Select(setting => SettingFaults.EnvironmentName(setting.Key)),
    ];

    // If two rights had one name, everyone with the lesser right would have the greater one too.
    private static void RejectDuplicateRoles(AccessOptions options, SettingFaults faults)
    {
        var roles = new[] { ("Access:ReadRole", options.ReadRole), ("Access:EnterRole", options.EnterRole),
            ("Access:CloseRole", options.CloseRole), ("Access:ActRole", options.ActRole), ("Access:ReviewRole", options.ReviewRole),
            ("Access:AdminRole", options.AdminRole) };
        foreach (var same in roles.GroupBy(role => role.Item2, StringComparer.Ordinal).Where(same => same.Count() > 1))
        {
            var names = same.Select(role => SettingFaults.EnvironmentName(role.Item1)).ToList();
            faults.Add(
                $"设置 {string.Join("、", names)} 的值相同（{same.Key}）：有其中一项权限的人就会得到全部。请各写不同的角色名。",
                $"Setting {string.Join(", ", names)}: all are {same.Key}, so whoever has one of these rights would have them all. "
                + "Give each a role of its own.");
        }

        if (options.RightClaim == options.UnitClaim)
        {
            faults.Add(
                $"设置 Access__RightClaim 与 Access__UnitClaim 的值相同（{options.RightClaim}）。请各写不同的声明名。",
                $"Settings Access__RightClaim and Access__UnitClaim are both {options.RightClaim}. Name two different claims.");
        }
    }
}

/// <summary>Reads at the start how people and programs sign in.</summary>
public static class AccessStartup
{
    /// <summary>How people and programs sign in; without a setting, nobody has to.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="defaultKeys">The default file of keys; it may be missing. A file that a setting names must exist.</param>
    /// <param name="defaultFolder">The default folder of the keys that protect the pages' cookies.</param>
    public static AccessOptions Access(this StartupOptions options, string? defaultKeys = null, string? defaultFolder = null) =>
        options.Bind(new AccessSettingsValidator(), "Access").ToOptions(defaultKeys, defaultFolder);
}
