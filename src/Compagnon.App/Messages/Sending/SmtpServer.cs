using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text;

namespace Compagnon.App.Messages.Sending;

/// <summary>SMTP by the framework's own client: submission with STARTTLS. (MailKit can't be had here; implicit TLS on port 465 needs it.)</summary>
public sealed class SmtpServer(MailSettings settings) : IMailServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public bool IsThere => settings.Host is not null;

    public async Task<Handed> SendAsync(Letter letter, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.Tls, DeliveryMethod = SmtpDeliveryMethod.Network,
            Credentials = settings.User is null ? null : new NetworkCredential(settings.User, settings.Password),
        };
        try
        {
            using var message = MessageOf(letter);
            await client.SendMailAsync(message, patience.Token);
            return Handed.Taken;
        }
        catch (FormatException)
        {
            return new Handed(Handing.Refused, "address");
        }
        catch (SmtpFailedRecipientException e)
        {
            return new Handed(IsForGood(e.StatusCode) ? Handing.Refused : Handing.NotNow, Code(e.StatusCode));
        }
        catch (SmtpException e)
        {
            return new Handed(Handing.NotNow, Code(e.StatusCode), IsDown: e.StatusCode is SmtpStatusCode.GeneralFailure or SmtpStatusCode.ServiceNotAvailable || e.InnerException is SocketException or IOException);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Handed(Handing.NotNow, "timeout", IsDown: true);
        }
    }

    private MailMessage MessageOf(Letter letter)
    {
        var message = new MailMessage(new MailAddress(settings.From, settings.FromName, Encoding.UTF8), new MailAddress(letter.Address))
        {
            Subject = letter.Subject, SubjectEncoding = Encoding.UTF8, Body = letter.Body, BodyEncoding = Encoding.UTF8, IsBodyHtml = false,
        };
        message.Headers.Add("Message-ID", $"<{letter.Id:N}@{message.From!.Host}>");
        message.Headers.Add("Content-Language", letter.Language);
        // no "out of office" comes back for a letter nobody wrote by hand
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Nobody has this address. Everything else may pass: a full mailbox, a server that wants to know us first.</summary>
    private static bool IsForGood(SmtpStatusCode code) =>
        code is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed;

    private static string Code(SmtpStatusCode code) => code is SmtpStatusCode.GeneralFailure ? "connection" : ((int)code).ToString(CultureInfo.InvariantCulture);
}
