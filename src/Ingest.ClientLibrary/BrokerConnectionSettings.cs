using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary;

/// <summary>The address of the message broker and its user. <see cref="ToString"/> never contains the password.</summary>
public sealed class BrokerConnectionSettings
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
            // Converted to PKCS 12, because Windows does not accept the key of a PEM file.
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key);
            _clientCertificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        }
    }

    /// <summary>The user on the broker; for an office, its unit's code.</summary>
    public string User => _address.User;

    /// <summary>Reads an address and the certificates.</summary>
    /// <param name="address"><c>amqp(s)://user[:password]@host[:port][,host[:port]…][/vhost]</c>. Of a cluster, any available node is
    /// used.</param>
    /// <param name="password">The password; null: that of the address, or none if there is a certificate.</param>
    /// <param name="authorityFile">The PEM file of a certification authority that is trusted instead of the system's; null: the
    /// system's.</param>
    /// <param name="certificateFile">The PEM file of the user's certificate, which may replace the password.</param>
    /// <param name="keyFile">The PEM file of the certificate's private key; null: it is in the certificate's file.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="ClientConfigurationException">The address is malformed, there is neither password nor certificate, or a file cannot
    /// be read.</exception>
    public static BrokerConnectionSettings Create(
        string address, string? password = null, string? authorityFile = null, string? certificateFile = null, string? keyFile = null)
    {
        if (!BrokerAddress.TryParse(address, out var parsed))
        {
            // The text is not shown, because it may contain the password.
            throw new ClientConfigurationException(
                "消息队列地址有误，应如 amqps://用户@主机/虚拟主机（用户名即单位代码）。",
                "The message queue's address is malformed; it should be like amqps://user@host/vhost, where the user is the unit's code.");
        }

        if ((password ?? parsed.Password) is null && certificateFile is null)
        {
            throw new ClientConfigurationException(
                "没有消息队列的密码，也没有证书。", "There is neither a password nor a certificate for the message queue.");
        }

        try
        {
            return new BrokerConnectionSettings(parsed, password ?? parsed.Password, authorityFile, certificateFile, keyFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ClientConfigurationException(
                $"证书文件无法读取：{exception.Message}", $"A certificate file cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The address without the password.</summary>
    public override string ToString() => _address.ToString();

    internal Task<IConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            UserName = User,
            Password = _password ?? "",
            VirtualHost = _address.VirtualHost,
            ClientProvidedName = "xilin",
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),

            // A dead connection is detected after three to four intervals. With the library's default of a minute, a sender would wait for
            // minutes.
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
        };
        if (_address.IsEncrypted && _password is null)
        {
            factory.AuthMechanisms = [new ExternalMechanismFactory()];
        }

        var nodes = _address.Nodes.Select(node => new AmqpTcpEndpoint(node.Host, node.Port, TlsOption(node))).ToList();
        return factory.CreateConnectionAsync(nodes, cancellationToken);
    }

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

    // The given certification authority is trusted instead of the system's; the host name is still checked.
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
