using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Compagnon.TestKit;

/// <summary>A mail server on the loopback that keeps what it is given, and says what a test tells it to say to each address.</summary>
public sealed class MailCatcher : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Lock keeping = new();
    private readonly List<string> caught = [];
    private readonly Task accepting;
    private readonly Encryption encryption;

    public MailCatcher(Encryption encryption = Encryption.None)
    {
        this.encryption = encryption;
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    /// <summary>How a client may be heard by nobody else.</summary>
    public enum Encryption { None, StartTls, FromTheStart }

    public int Port { get; }

    /// <summary>Its own, signed by nobody; only when it encrypts.</summary>
    public X509Certificate2 Certificate { get; } = CertificateOf("localhost");

    /// <summary>The answer to RCPT TO, by address: "250 ok" unless a test says otherwise.</summary>
    public Func<string, string> AnswerTo { get; set; } = _ => "250 ok";

    /// <summary>Whole messages with their headers, as they came.</summary>
    public IReadOnlyList<string> Caught
    {
        get
        {
            lock (keeping) return [.. caught];
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = TalkAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            // disposed
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            await using var plain = client.GetStream();
            if (encryption is Encryption.FromTheStart)
            {
                await using var covered = await CoverAsync(plain);
                await TalkAsync(covered, "220 catcher", mayCover: false);
            }
            else if (await TalkAsync(plain, "220 catcher", encryption is Encryption.StartTls))
            {
                await using var covered = await CoverAsync(plain);
                await TalkAsync(covered, greeting: null, mayCover: false);
            }
        }
    }

    private async Task<SslStream> CoverAsync(NetworkStream plain)
    {
        var covered = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            await covered.AuthenticateAsServerAsync(Certificate);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // whoever came doesn't trust it
        }
        return covered;
    }

    /// <returns>Whether the client asked to go on under cover.</returns>
    private async Task<bool> TalkAsync(Stream stream, string? greeting, bool mayCover)
    {
        if (stream is SslStream { IsAuthenticated: false }) return false;
        using var reader = new StreamReader(stream, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, bufferSize: 1024, leaveOpen: true);
        await using var writer = new StreamWriter(stream, Encoding.Latin1, leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" };
        if (greeting is not null) await writer.WriteLineAsync(greeting);
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var verb = line.Length < 4 ? line : line[..4].ToUpperInvariant();
            await writer.WriteLineAsync(verb switch { "RCPT" => AnswerTo(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]), "DATA" => "354 go on", "QUIT" => "221 bye", "STAR" => "220 go on", "EHLO" when mayCover => "250-catcher\r\n250 STARTTLS", _ => "250 ok" });
            if (verb == "QUIT") return false;
            if (verb == "STAR") return true;
            if (verb != "DATA") continue;
            var message = new StringBuilder();
            while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".") message.AppendLine(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part);
            lock (keeping) caught.Add(message.ToString());
            await writer.WriteLineAsync("250 kept");
        }
        return false;
    }

    private static X509Certificate2 CertificateOf(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        listener.Dispose();
        Certificate.Dispose();
    }
}
