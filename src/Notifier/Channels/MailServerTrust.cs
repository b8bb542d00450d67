using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace XilinIngest.Notifier.Channels;

/// <summary>The authorities whose certificates a mail server may show, where the settings name a file of them.</summary>
internal sealed class MailServerTrust : IDisposable
{
    private readonly X509Certificate2Collection _authorities = [];

    private MailServerTrust(string file) => _authorities.ImportFromPemFile(file);

    /// <summary>Read anew for each connection, so that a renewed file needs no restart. Null: the system's authorities.</summary>
    public static MailServerTrust? Load(string? file) => string.IsNullOrEmpty(file) ? null : new(file);

    public bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // The name must be right in any case.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(shown);
    }

    public void Dispose()
    {
        foreach (var authority in _authorities)
        {
            authority.Dispose();
        }
    }
}
