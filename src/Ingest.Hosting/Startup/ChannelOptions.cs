using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>What a channel of notices sends.</summary>
public enum ChannelKind
{
    /// <summary>A JSON body of our own, signed (docs/notices.md).</summary>
    Webhook,

    /// <summary>The JSON of Alertmanager's webhook receiver, version 4.</summary>
    Alertmanager,

    /// <summary>Mail by SMTP.</summary>
    Mail,

    /// <summary>A group robot of 企业微信.</summary>
    WeCom,

    /// <summary>A group robot of 钉钉.</summary>
    DingTalk,

    /// <summary>A group robot of 飞书.</summary>
    Feishu,
}

/// <summary>How a connection to a mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>From a STARTTLS on, which the server must offer.</summary>
    StartTls,

    /// <summary>From its beginning.</summary>
    Tls,

    /// <summary>Not at all: to this machine alone.</summary>
    None,
}

/// <summary>The settings of one channel of notices: <c>Channels:name:Kind</c> and so on, secrets best as files.</summary>
public sealed class ChannelSettings
{
    /// <summary>webhook, alertmanager, mail, wecom, dingtalk or feishu.</summary>
    public string? Kind { get; set; }

    /// <summary>Where it sends. It may hold a secret and is never printed.</summary>
    public string? Url { get; set; }

    /// <summary>The key of the signature; needed by a webhook, and by a robot that asks for one.</summary>
    public string? Secret { get; set; }

    /// <summary>A bearer token for the receiver; null: none.</summary>
    public string? Token { get; set; }

    /// <summary>The mail server.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; null: 587, or 465 with TLS from the beginning.</summary>
    public string? Port { get; set; }

    /// <summary>starttls (the default), tls or none.</summary>
    public string? Security { get; set; }

    /// <summary>A file with the certificates of the authorities that the server's is from; null: those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>The user at the mail server; null: it asks for none.</summary>
    public string? User { get; set; }

    /// <summary>The user's password.</summary>
    public string? Password { get; set; }

    /// <summary>The address of the sender.</summary>
    public string? From { get; set; }

    /// <summary>The encryption; null: it is not one.</summary>
    public MailSecurity? FindSecurity() => string.IsNullOrEmpty(Security) ? MailSecurity.StartTls
        : Enum.TryParse<MailSecurity>(Security, ignoreCase: true, out var security) && Security.All(char.IsAsciiLetter) ? security : null;

    /// <summary>The port; null: it is not one.</summary>
    public int? FindPort() => string.IsNullOrEmpty(Port) ? FindSecurity() == MailSecurity.Tls ? 465 : 587
        : int.TryParse(Port, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 ? port : null;

    /// <summary>The kind; null: it is not one.</summary>
    public ChannelKind? FindKind() => Enum.TryParse<ChannelKind>(Kind, ignoreCase: true, out var kind) && Kind!.All(char.IsAsciiLetter)
        ? kind : null;
}

/// <summary>The channels by their names, which <c>routes.csv</c> uses.</summary>
internal sealed class ChannelOptions : Dictionary<string, ChannelSettings>;

/// <summary>Validates the channels. No fault quotes an address or a secret.</summary>
internal sealed partial class ChannelOptionsValidator : IValidateOptions<ChannelOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, ChannelOptions options)
    {
        var faults = new SettingFaults();
        foreach (var (channel, settings) in options)
        {
            Check(channel, settings, faults);
        }

        return faults.Result;
    }

    private static void Check(string channel, ChannelSettings settings, SettingFaults faults)
    {
        var isName = NamePattern().IsMatch(channel);
        var key = $"Channels__{(isName ? channel : QuotedInput.Truncate(channel))}";
        if (!isName || channel == "page")
        {
            faults.Add(
                $"设置 {key} 的渠道名不能用。应由小写字母、数字和连字符组成，字母开头，至多 32 位；page 已保留。",
                $"Setting {key}: the channel needs a name of a-z, 0-9 and hyphens, a letter first, at most 32 long, and not page.");
        }

        if (settings.FindKind() is not { } kind)
        {
            faults.Add($"设置 {key}__Kind 缺少或不能用。应为：webhook、alertmanager、mail、wecom、dingtalk 或 feishu。",
                $"Setting {key}__Kind is missing or cannot be used. Write: webhook, alertmanager, mail, wecom, dingtalk or feishu.");
            return;
        }

        if (kind == ChannelKind.Mail)
        {
            CheckMail(key, settings, faults);
            return;
        }

        if (!IsUsableUrl(settings.Url))
        {
            faults.Add($"设置 {key}__Url 缺少或不能用。应为 https:// 开头的地址；只有发往本机时才可用 http://。",
                $"Setting {key}__Url is missing or cannot be used. Write an address with https://; http:// only to this machine.");
        }

        if (kind == ChannelKind.Webhook && (settings.Secret?.Trim().Length ?? 0) < ShortestSecret)
        {
            faults.Add($"设置 {key}__Secret 缺少或过短。请写入至少 {ShortestSecret} 个字符的随机密钥，最好放在 Secrets__Folder 的文件中。",
                $"Setting {key}__Secret is missing or too short. Write a random key of {ShortestSecret} characters or more, best as a file "
                + "in Secrets__Folder.");
        }
    }

    private static void CheckMail(string key, ChannelSettings settings, SettingFaults faults)
    {
        if (string.IsNullOrWhiteSpace(settings.Host) || settings.FindPort() is null)
        {
            faults.Add($"设置 {key}__Host 缺少，或 {key}__Port 不能用。请写入邮件服务器的名称，以及 1 到 65535 的端口（默认 587）。",
                $"Setting {key}__Host is missing, or {key}__Port cannot be used. Write the name of the mail server, and a port from 1 to "
                + "65535 (587 without it).");
        }

        var security = settings.FindSecurity();
        if (security is null || (security == MailSecurity.None && !IsThisMachine(settings.Host ?? "")))
        {
            faults.Add($"设置 {key}__Security 不能用。应为：starttls（默认）、tls；只有本机的服务器可用 none。",
                $"Setting {key}__Security cannot be used. Write: starttls (the default), tls, or none to this machine alone.");
        }

        if (!MailAddress.TryCreate(settings.From, out var from) || from.Address != settings.From)
        {
            faults.Add($"设置 {key}__From 缺少或不是邮箱地址。请写成 name@example.cn。",
                $"Setting {key}__From is missing or no mail address. Write it as name@example.cn.");
        }

        if (!string.IsNullOrEmpty(settings.CaFile) && !File.Exists(settings.CaFile))
        {
            faults.Add($"设置 {key}__CaFile 的文件不存在。请写入证书文件（PEM）的路径，或删去此设置。",
                $"Setting {key}__CaFile: there is no such file. Name a file of certificates (PEM), or take the setting out.");
        }
    }

    private static bool IsUsableUrl(string? text) => Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var url) && url.UserInfo.Length == 0
        && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url.DnsSafeHost)));

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}

/// <summary>Reads the channels at the start.</summary>
public static class ChannelStartup
{
    /// <summary>The channels of notices by their names; those with a fault too, which is kept.</summary>
    /// <param name="options">The service's options.</param>
    public static IReadOnlyDictionary<string, ChannelSettings> Channels(this StartupOptions options) =>
        options.Bind(new ChannelOptionsValidator(), "Channels");
}
