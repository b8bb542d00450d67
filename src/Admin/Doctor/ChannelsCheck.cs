using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using XilinIngest.Admin.Installations;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks that the server of each channel of notices can be reached, and that its certificate is trusted where the connection is encrypted
/// from its beginning. Nothing is sent; <c>xilin-admin notify test</c> sends a notice.
/// </summary>
internal static class ChannelsCheck
{
    public static async Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation, CancellationToken cancellationToken)
    {
        // Faults of their settings are told with the settings.
        var channels = installation.Channels.Where(channel => EndOf(channel.Value) is not null).OrderBy(channel => channel.Key).ToList();
        return channels.Count == 0
            ? [CheckFinding.NotChecked("没有设置通知渠道。", "No channels of notices are set.")]
            : await Task.WhenAll(channels.Select(channel => FindAsync(channel.Key, channel.Value, cancellationToken)));
    }

    private static async Task<CheckFinding> FindAsync(string name, ChannelSettings settings, CancellationToken cancellationToken)
    {
        var (host, port, isEncrypted) = EndOf(settings)!.Value;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(host, port, cancellationToken);
            if (isEncrypted)
            {
                using var trust = MailServerTrust.Load(settings.CaFile);
                await using var secure = new SslStream(
                    client.GetStream(), leaveInnerStreamOpen: false, trust is null ? null : trust.IsTrusted);
                await secure.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions { TargetHost = host }, cancellationToken);
            }

            return CheckFinding.Fine($"{name}：{host}:{port} 可以连接。", $"{name}: {host}:{port} can be reached.");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return CheckFinding.Fault(
                $"{name}：{host}:{port} 无法连接：{exception.Message}。", $"{name}: {host}:{port} cannot be reached: {exception.Message}.",
                "请检查该服务器、网络和防火墙；通知会保留并自动重发。",
                "Check that server, the network and the firewall; notices are kept, and sent again by themselves.");
        }
        catch (AuthenticationException exception)
        {
            return CheckFinding.Fault(
                $"{name}：{host}:{port} 的证书不受信任：{exception.Message}",
                $"{name}: the certificate of {host}:{port} is not trusted: {exception.Message}",
                $"请让其换用有效的证书，或在本机安装签发机构的证书（邮件渠道可用 Channels__{name}__CaFile）。",
                $"Let it have a valid one, or install the certificate of its issuer (of mail, Channels__{name}__CaFile names it).");
        }
    }

    // The address itself may hold a secret in its path, and is not printed.
    private static (string Host, int Port, bool IsEncrypted)? EndOf(ChannelSettings settings) => settings.FindKind() switch
    {
        null => null,
        ChannelKind.Mail when settings is { Host.Length: > 0 } && settings.FindPort() is { } port =>
            (settings.Host, port, settings.FindSecurity() == MailSecurity.Tls),
        ChannelKind.Mail => null,
        _ => Uri.TryCreate(settings.Url?.Trim(), UriKind.Absolute, out var url) && url.Host.Length > 0
            ? (url.DnsSafeHost, url.Port, url.Scheme == Uri.UriSchemeHttps) : null,
    };
}
