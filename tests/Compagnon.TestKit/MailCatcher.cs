using System.Net;
using System.Net.Sockets;
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

    public MailCatcher()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        accepting = AcceptAsync();
    }

    public int Port { get; }

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
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.Latin1);
            await using var writer = new StreamWriter(stream, Encoding.Latin1) { AutoFlush = true, NewLine = "\r\n" };
            await writer.WriteLineAsync("220 catcher");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                var verb = line.Length < 4 ? line : line[..4].ToUpperInvariant();
                await writer.WriteLineAsync(verb switch { "RCPT" => AnswerTo(line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)]), "DATA" => "354 go on", "QUIT" => "221 bye", _ => "250 ok" });
                if (verb == "QUIT") return;
                if (verb != "DATA") continue;
                var message = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".") message.AppendLine(part.StartsWith("..", StringComparison.Ordinal) ? part[1..] : part);
                lock (keeping) caught.Add(message.ToString());
                await writer.WriteLineAsync("250 kept");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
        listener.Dispose();
    }
}
