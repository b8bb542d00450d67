using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>A real SMTP server (aiosmtpd) as a process of its own: STARTTLS and a user are required.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly Process _process;

    private MailServer()
    {
        _certificates.Write(_folder.In("tls"));
        Directory.CreateDirectory(_folder.In("spool"));
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        _process = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3",
            [
                Path.Combine(RepositoryFiles.Root, "tests", "Notifier.Tests", "Channels", "mail-server.py"), _folder.In("spool"),
                _folder.In("tls"), FormattableString.Invariant($"{Port}"),
            ])
        { RedirectStandardOutput = true, RedirectStandardInput = true })!;
    }

    internal int Port { get; }

    /// <summary>The certificate of the authority.</summary>
    internal string CaFile => _folder.In("tls/ca.pem");

    /// <summary>The messages taken, in order.</summary>
    internal IReadOnlyList<MimeMessage> Messages =>
        [.. Directory.GetFiles(_folder.In("spool"), "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];

    internal static async Task<MailServer> StartAsync()
    {
        var server = new MailServer();
        var line = await server._process.StandardOutput.ReadLineAsync();
        Assert.True(line == "ready", "aiosmtpd does not start: apt-get install python3-aiosmtpd (test.sh does).");
        return server;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _certificates.Dispose();
        _folder.Dispose();
    }
}
