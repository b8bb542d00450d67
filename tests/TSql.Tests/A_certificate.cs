using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Data.SqlClient;
using XilinIngest.Storage;

namespace XilinIngest.TSql.Tests;

/// <summary>A server that shows a certificate of its own making, and the real clients that ask it.</summary>
public sealed class A_certificate
{
    [Fact]
    public async Task Of_SQL_Server_that_no_authority_signed_is_reported_with_its_remedy()
    {
        await using var server = new SelfSignedServer(startTls: false);
        var database = Database.TryParse(
            StorageProvider.SqlServer,
            $"Server=127.0.0.1,{server.Port};Database=ledger;User Id=a;Password=b;Encrypt=Strict;Connect Timeout=15;ConnectRetryCount=0")!;

        var fault = StorageFault.FromException(Assert.ThrowsAny<SqlException>(() => database.Open()), database.Name)!;

        Assert.Contains("certificate", fault.ReasonEn, StringComparison.Ordinal);
        Assert.Contains("TrustServerCertificate", fault.RemedyEn, StringComparison.Ordinal);
        Assert.Contains("证书", fault.ReasonZh, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_PostgreSQL_that_no_authority_signed_is_reported_with_its_remedy()
    {
        await using var server = new SelfSignedServer(startTls: true);
        var database = Database.TryParse(StorageProvider.PostgreSql,
                $"Host=127.0.0.1;Port={server.Port};Database=ledger;Username=a;Password=b;SSL "
                + "Mode=VerifyFull;GssEncryptionMode=Disable;Timeout=15")!;

        var fault = StorageFault.FromException(Record.Exception(() => database.Open()), database.Name)!;

        Assert.Contains("certificate", fault.ReasonEn, StringComparison.Ordinal);
        Assert.Contains("SSL Mode=Require", fault.RemedyZh, StringComparison.Ordinal);
    }

    /// <summary>Speaks as much as comes before the certificate: nothing (TDS 8), or PostgreSQL's question whether to encrypt.</summary>
    private sealed class SelfSignedServer : IAsyncDisposable
    {
        private const int PostgreSqlRequest = 8;
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly X509Certificate2 _certificate;
        private readonly Task _serving;

        public SelfSignedServer(bool startTls)
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var made =
                new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256)
                .CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
            _certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
            _listener.Start();
            _serving = ServeAsync(startTls);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        private async Task ServeAsync(bool startTls)
        {
            while (true)
            {
                try
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var line = client.GetStream();
                    if (startTls)
                    {
                        await line.ReadExactlyAsync(new byte[PostgreSqlRequest]);
                        await line.WriteAsync("S"u8.ToArray());
                    }

                    await using var encrypted = new SslStream(line);
                    await encrypted.AuthenticateAsServerAsync(
                        new SslServerAuthenticationOptions
                        {
                            ServerCertificate = _certificate,
                            ApplicationProtocols = startTls
                            ? null : [new("tds/8.0")]
                        });
                    _ = await encrypted.ReadAsync(new byte[1]);
                }
                catch (Exception exception) when (exception is IOException or AuthenticationException)
                {
                    // The client does not trust it, and hangs up.
                }
                catch (Exception exception) when (exception is SocketException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving;
            _certificate.Dispose();
        }
    }
}
