namespace Compagnon.App.Messages.Sending;

/// <summary>An outside system that takes letters.</summary>
public interface IMailServer
{
    /// <summary>False while none is set up: letters wait in the outbox.</summary>
    bool IsThere { get; }

    /// <returns>Taken, refused for good (nobody has this address), or not now.</returns>
    Task<Handed> SendAsync(Letter letter, CancellationToken stop);
}

/// <param name="Id">Becomes the Message-Id: a letter sent twice, because the program died in between, is recognised as one.</param>
public sealed record Letter(Guid Id, string Address, string Subject, string Body, string Language);

public enum Handing { Taken, Refused, NotNow }

/// <param name="Handing">What came of it.</param>
/// <param name="Said">The server's code, never its sentence: that quotes the address.</param>
/// <param name="IsDown">The server itself did not answer: no use in trying the next letter.</param>
public sealed record Handed(Handing Handing, string? Said = null, bool IsDown = false)
{
    public static readonly Handed Taken = new(Handing.Taken);
}
