using System.Collections.Concurrent;

namespace Compagnon.App.Access;

/// <summary>Keeps what was found out about a session for a few seconds, so that not every request asks the database; another node's change is noticed within a minute.</summary>
public sealed class SessionCache(TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan For = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<Guid, (SessionFacts Facts, DateTimeOffset Until)> known = new();

    public SessionFacts? Find(Guid sessionId) => known.TryGetValue(sessionId, out var k) && clock.GetUtcNow() < k.Until ? k.Facts : null;

    public void Keep(SessionFacts facts)
    {
        if (known.Count >= Most) known.Clear();
        known[facts.SessionId] = (facts, clock.GetUtcNow() + For);
    }

    public void Forget(Guid sessionId) => known.TryRemove(sessionId, out _);
}
