using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;
using AuthenticationException = MailKit.Security.AuthenticationException;

namespace XilinIngest.Notifier.Channels;

/// <summary>Sends notices as mail by SMTP. The Message-ID is the notice's id, so a mail server or a reader drops what it has.</summary>
internal sealed class MailChannel(ChannelSettings settings, Func<NoticeContent, IReadOnlyList<string>> addressesFor) : INoticeChannel
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly MailboxAddress _from = MailboxAddress.Parse(settings.From!);

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<NoticeContent> notices, CancellationToken cancellationToken)
    {
        var notice = notices[0];
        var addresses = addressesFor(notice);
        if (addresses.Count == 0)
        {
            return new(
                DeliveryOutcome.Refused, "no recipient: route or rule has no address, and the unit no contact with one in its roles");
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            return await SendAsync(Write(notice, addresses), addresses.Count, timeout.Token);
        }
        catch (SmtpCommandException exception)
        {
            return Describe(exception.StatusCode, exception.ErrorCode);
        }
        catch (AuthenticationException)
        {
            return new(DeliveryOutcome.Failed, "the mail server does not accept user and password");
        }
        catch (ServiceNotAuthenticatedException)
        {
            return new(DeliveryOutcome.Failed, "the mail server asks for a user and a password, and the settings have none");
        }
        catch (Exception exception) when (exception is CryptographicException or UnauthorizedAccessException)
        {
            return new(DeliveryOutcome.Failed, "CaFile of the settings cannot be read as certificates");
        }
        catch (Exception exception) when (exception is SslHandshakeException or System.Security.Authentication.AuthenticationException)
        {
            return new(DeliveryOutcome.Failed, "the certificate of the mail server is not accepted, or it offers no encryption");
        }
        catch (Exception exception) when (exception is ProtocolException or SocketException or IOException or NotSupportedException)
        {
            return new(DeliveryOutcome.Failed, $"no answer: {exception.GetType().Name}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(DeliveryOutcome.Failed, FormattableString.Invariant($"no answer within {Timeout.TotalSeconds} s"));
        }
    }

    private async Task<DeliveryAnswer> SendAsync(MimeMessage message, int count, CancellationToken cancellationToken)
    {
        using var authorities = MailServerTrust.Load(settings.CaFile);
        using var client = new CountingSmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        client.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (authorities is not null)
        {
            client.ServerCertificateValidationCallback = authorities.IsTrusted;
        }

        await client.ConnectAsync(settings.Host!, settings.FindPort()!.Value, SecurityOptions(), cancellationToken);
        if (settings.User is { Length: > 0 } user)
        {
            await client.AuthenticateAsync(user, settings.Password ?? "", cancellationToken);
        }

        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException) when (client.Rejected == count && client.Rejection is { } rejection)
        {
            // The server refuses the message too, with a code of its own; what it said of the recipients decides.
            return Describe(rejection, SmtpErrorCode.RecipientNotAccepted);
        }

        var accepted = count - client.Rejected;
        await client.DisconnectAsync(quit: true, cancellationToken);
        return new(DeliveryOutcome.Accepted, FormattableString.Invariant($"taken for {accepted} of {count} recipients"));
    }

    // 4xx may pass. The text of the server may quote an address, so only its code is kept.
    private static DeliveryAnswer Describe(SmtpStatusCode status, SmtpErrorCode error) => new(
        (int)status < 500 ? DeliveryOutcome.Failed : DeliveryOutcome.Refused,
        FormattableString.Invariant($"SMTP {(int)status} ({error})"));

    private SecureSocketOptions SecurityOptions() => settings.FindSecurity() switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private MimeMessage Write(NoticeContent notice, IReadOnlyList<string> addresses)
    {
        var message = new MimeMessage
        {
            Subject = notice.Title,
            Date = notice.CreatedAt,
            MessageId = $"{notice.Id}@{_from.Domain}",
            Body = new TextPart("plain") { Text = notice.Text },
        };
        message.From.Add(_from);
        message.To.AddRange(addresses.Select(MailboxAddress.Parse));

        // A program sent it, so no one's absence is to be answered.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Goes on where the server refuses some of the recipients, and fails only where it refuses all.</summary>
    private sealed class CountingSmtpClient : SmtpClient
    {
        public int Rejected { get; private set; }

        /// <summary>The mildest rejection: one that may pass, if there is one.</summary>
        public SmtpStatusCode? Rejection { get; private set; }

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response)
        {
            Rejected++;
            Rejection = Rejection is { } earlier && earlier <= response.StatusCode ? earlier : response.StatusCode;
        }
    }
}
