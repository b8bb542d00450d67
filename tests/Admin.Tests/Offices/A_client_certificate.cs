using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Admin.Broker;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Tests.Offices;

[Collection(nameof(GeneratedBroker))]
[UnsupportedOSPlatform("windows")]
public sealed class A_client_certificate(GeneratedBroker deployment)
{
    private const string Village = "320404004201";

    [Fact]
    public async Task Is_the_user_it_names()
    {
        using var certificate = deployment.Certificates.IssueClient(Village);
        await using var connection = await ConnectAsync(certificate, new ExternalMechanismFactory());
        await using var channel = await connection.CreateChannelAsync(An_office_on_the_broker.Confirmed);
        await channel.BasicPublishAsync(Exchanges.Intake, "32.04.04.004.201", mandatory: true, new BasicProperties { UserId = Village },
            "over TLS"u8.ToArray());
        await using var worker = await deployment.ConnectAsync("xilin-worker");
        await using var reads = await worker.CreateChannelAsync();
        Assert.Equal(Village, (await reads.BasicGetAsync("xilin.worker.intake", autoAck: true))!.BasicProperties.UserId);
    }

    [Fact]
    public async Task May_do_no_more_than_that_user()
    {
        using var certificate = deployment.Certificates.IssueClient(Village);
        await using var connection = await ConnectAsync(certificate, new ExternalMechanismFactory());
        await using var channel = await connection.CreateChannelAsync();
        Assert.Equal((ushort)403,
            await RefusalAssertions.OfAsync(() => channel.BasicGetAsync(Queues.ReceiptsOf("320404004202"), autoAck: true)));
    }

    [Fact]
    public async Task Of_someone_unknown_is_refused()
    {
        using var certificate = deployment.Certificates.IssueClient("320404009999");
        var refused = await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(certificate, new ExternalMechanismFactory()));
        Assert.IsAssignableFrom<AuthenticationFailureException>(refused.InnerException);
    }

    [Fact]
    public async Task Of_another_authority_is_refused()
    {
        using var others = new TestCertificates();
        using var certificate = others.IssueClient(Village);
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(certificate, new ExternalMechanismFactory()));
    }

    [Fact]
    public Task Must_be_shown_or_the_broker_refuses_the_connection() =>
        Assert.ThrowsAsync<BrokerUnreachableException>(() => ConnectAsync(null, new PlainMechanismFactory()));

    [Fact]
    public async Task Goes_with_a_password_too()
    {
        using var certificate = deployment.Certificates.IssueClient("a gateway");
        await using var connection = await ConnectAsync(certificate, new PlainMechanismFactory());
        Assert.True(connection.IsOpen);
    }

    [Fact]
    public async Task Is_no_way_in_without_encryption()
    {
        var factory =
            new ConnectionFactory
            {
                Uri = deployment.AddressOf(Village),
                AuthMechanisms = [new ExternalMechanismFactory()],
                AutomaticRecoveryEnabled = false
            };
        await Assert.ThrowsAsync<BrokerUnreachableException>(() => factory.CreateConnectionAsync());
    }

    private Task<IConnection> ConnectAsync(X509Certificate2? certificate, IAuthMechanismFactory mechanism) => new ConnectionFactory
    {
        HostName = "localhost",
        Port = deployment.EncryptedPort,
        VirtualHost = BrokerTopology.VirtualHost,
        UserName = Village,
        Password = deployment.Passwords[Village],
        AuthMechanisms = [mechanism],
        AutomaticRecoveryEnabled = false,
        Ssl = new SslOption
        {
            Enabled = true,
            ServerName = "localhost",
            Version = SslProtocols.None,
            Certs = certificate is null ? null : [certificate],
            CertificateValidationCallback =
            (_, shown, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && IsOurs(shown),
        },
    }.CreateConnectionAsync();

    private bool IsOurs(X509Certificate? shown)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(deployment.Certificates.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return shown is X509Certificate2 certificate && chain.Build(certificate);
    }
}
