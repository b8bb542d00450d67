using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>Where the message queue is, and who we are there. Its text never holds the password.</summary>
internal sealed class BrokerConnectionSettings
{
    private readonly BrokerAddress _address;
    private readonly string? _password;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly X509Certificate2? _clientCertificate;

    private BrokerConnectionSettings(BrokerAddress address, string? password, string? ca, string? certificate, string? key)
    {
        (_address, _password) = (address, password);
        if (ca is not null)
        {
            _authorities.ImportFromPemFile(ca);
        }

        if (certificate is not null)
        {
            // Through PKCS 12: Windows does not take the key of a PEM as it is.
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            _clientCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
    }

    /// <summary>The office's name on the queue: its code.</summary>
    public string User => _address.User;

    /// <param name="text"><c>amqp(s)://user[:password]@host[:port][,host[:port]…][/vhost]</c>: any node of a cluster that answers is
    /// taken.</param>
    /// <param name="passwordFile">Holds the password; null: it is in the address or the environment, or there is none.</param>
    /// <param name="ca">A certification authority's certificate, PEM; null: the system's.</param>
    /// <param name="certificate">The office's own, PEM.</param>
    /// <param name="key">That one's key.</param>
    /// <exception cref="CommandException">It is no address, names no user, or its files cannot be read.</exception>
    public static BrokerConnectionSettings Parse(string text, string? passwordFile, string? ca, string? certificate, string? key)
    {
        if (!BrokerAddress.TryParse(text, out var address))
        {
            // The text is not shown: it may hold the password.
            throw new CommandException(
                ExitCodes.Usage, "消息队列地址有误，应如 amqps://用户@主机/虚拟主机（用户名即单位代码）。",
                "The message queue's address is malformed; it should be like amqps://user@host/vhost, where the user is the unit's code.");
        }

        try
        {
            var password = passwordFile is not null ? File.ReadLines(passwordFile).FirstOrDefault()?.Trim()
                : address.Password ?? (Environment.GetEnvironmentVariable("XILIN_BUS_PASSWORD") is { Length: > 0 } given ? given : null);
            if (password is null && certificate is null)
            {
                throw new CommandException(ExitCodes.Usage, "没有消息队列的密码：请放在 --password-file 或 XILIN_BUS_PASSWORD。",
                    "There is no password for the message queue: put it into --password-file or XILIN_BUS_PASSWORD.");
            }

            return new BrokerConnectionSettings(address, password, ca, certificate, key);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new CommandException(ExitCodes.Usage, $"密码或证书文件无法读取：{exception.Message}",
                $"A password or certificate file cannot be read: {exception.Message}");
        }
    }

    public Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            UserName = User,
            Password = _password ?? "",
            VirtualHost = _address.VirtualHost,
            ClientProvidedName = "xilin",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),

            // A line that lost its other end is given up after three to four of these; the library's minute would have the sender wait for
            // minutes.
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        if (_address.IsEncrypted && _password is null)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
        }

        return factory.CreateConnectionAsync([.. _address.Nodes.Select(node => new AmqpTcpEndpoint(node.Host, node.Port, TlsOption(node)))],
            cancellationToken);
    }

    public override string ToString() => _address.ToString();

    private SslOption TlsOption(BrokerNode node)
    {
        var ssl = new SslOption { Enabled = _address.IsEncrypted, ServerName = node.Host };
        if (_clientCertificate is not null)
        {
            ssl.Certs = [_clientCertificate];
        }

        if (_authorities.Count > 0)
        {
            ssl.CertificateValidationCallback = IsTrusted;
        }

        return ssl;
    }

    // The office's own certification authority in place of the system's; the name must be right all the same.
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        return own.Build((X509Certificate2)certificate);
    }
}
