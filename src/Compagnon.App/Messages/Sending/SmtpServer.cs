using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace Compagnon.App.Messages.Sending;

/// <summary>SMTP by MailKit: submission with STARTTLS, or TLS from the first byte.</summary>
public sealed class SmtpServer(MailSettings settings) : IMailServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsThere => settings.Host is not null;

    /// <summary>Whom to trust beside the machine's authorities; a test's own certificate.</summary>
    internal RemoteCertificateValidationCallback? Trust { get; init; }

    private SecureSocketOptions Security => !settings.Tls ? SecureSocketOptions.None
        : settings.ImplicitTls ?? settings.Port == 465 ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls;

    public async Task<Handed> SendAsync(Letter letter, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        // a hospital's network rarely lets a server ask whether a certificate was revoked
        using var client = new SmtpClient { CheckCertificateRevocation = false, ServerCertificateValidationCallback = Trust };
        try
        {
            using var message = MessageOf(letter);
            await client.ConnectAsync(settings.Host ?? "", settings.Port, Security, patience.Token);
            if (settings.User is { } user) await client.AuthenticateAsync(user, settings.Password ?? "", patience.Token);
            await client.SendAsync(message, patience.Token);
            await client.DisconnectAsync(quit: true, CancellationToken.None);
            return Handed.Taken;
        }
        catch (ParseException)
        {
            return new Handed(Handing.Refused, "address");
        }
        catch (SmtpCommandException e)
        {
            return new Handed(e.ErrorCode is SmtpErrorCode.RecipientNotAccepted && IsForGood(e.StatusCode) ? Handing.Refused : Handing.NotNow,
                ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture), IsDown: e.StatusCode is SmtpStatusCode.ServiceNotAvailable);
        }
        catch (Exception e) when (e is SocketException or IOException or ProtocolException or SslHandshakeException or AuthenticationException or NotSupportedException)
        {
            return new Handed(Handing.NotNow, e switch { SslHandshakeException => "certificate", AuthenticationException => "password", NotSupportedException => "no STARTTLS", _ => "connection" }, IsDown: true);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Handed(Handing.NotNow, "timeout", IsDown: true);
        }
    }

    private MimeMessage MessageOf(Letter letter)
    {
        var from = new MailboxAddress(settings.FromName, settings.From);
        var message = new MimeMessage
        {
            Subject = letter.Subject, Body = new TextPart(TextFormat.Plain) { Text = letter.Body }, MessageId = $"{letter.Id:N}@{from.Domain}",
        };
        message.From.Add(from);
        message.To.Add(MailboxAddress.Parse(letter.Address));
        message.Headers.Add("Content-Language", letter.Language);
        // no "out of office" comes back for a letter nobody wrote by hand
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Nobody has this address. Everything else may pass: a full mailbox, a server that wants to know us first.</summary>
    private static bool IsForGood(SmtpStatusCode code) =>
        code is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed;
}
