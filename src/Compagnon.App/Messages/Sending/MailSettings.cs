namespace Compagnon.App.Messages.Sending;

/// <summary>The mail server letters go to: any that speaks SMTP. Without a host, letters wait.</summary>
public sealed record MailSettings
{
    public string? Host { get; init; }
    public int Port { get; init; } = 587;
    /// <summary>Off only for a server on the same machine.</summary>
    public bool Tls { get; init; } = true;
    /// <summary>TLS from the first byte, as on port 465; otherwise STARTTLS, without which the server gets nothing.</summary>
    public bool? ImplicitTls { get; init; }
    public string? User { get; init; }
    public string? Password { get; init; }
    /// <summary>Who letters come from: an address a person of the programme reads.</summary>
    public string From { get; init; } = "";
    public string FromName { get; init; } = "Compagnon";
}
