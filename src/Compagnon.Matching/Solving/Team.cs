using System.Runtime.ExceptionServices;

namespace Compagnon.Matching;

/// <summary>
/// The threads that work on one part. What they make depends neither on how many they are nor on which is faster:
/// ranges have nothing to do with each other, and what was worked out ahead counts only where it would come out the same now.
/// A solve has dozens of sections that are over within a millisecond, so the others stay awake for a while after each:
/// waking a thread takes as long as such a section would save.
/// </summary>
internal sealed class Team : IDisposable
{
    /// <summary>Ranges a thread, so that one who comes late finds less to do.</summary>
    private const int Pieces = 4;

    /// <summary>Looks for work before another thread lies down: some hundred microseconds.</summary>
    private const int Looks = 500;

    private readonly Thread[] _others;
    private readonly object _bed = new();
    private Action<int> _work = _ => { };
    private volatile Exception? _failure;
    private int _section;
    private volatile bool _closed;
    private int _busy;
    private int _asleep;

    public Team(int threads)
    {
        Size = threads;
        _others = new Thread[threads - 1];
        for (var t = 0; t < _others.Length; t++)
        {
            var number = t;
            _others[t] = new Thread(() => Help(number)) { IsBackground = true };
            _others[t].Start();
        }
    }

    public int Size { get; }

    /// <summary>Where piece <paramref name="p"/> of so many begins.</summary>
    public static int Cut(int count, int p, int pieces) => (int)((long)count * p / pieces);

    /// <summary>Everything from 0 to before the count, each range by whoever is free.</summary>
    public void Share(int count, Action<int, int> work)
    {
        if (Size == 1)
        {
            work(0, count);
            return;
        }
        int pieces = Size * Pieces, next = 0;
        void Take(int _)
        {
            for (var p = Interlocked.Increment(ref next) - 1; p < pieces; p = Interlocked.Increment(ref next) - 1)
                work(Cut(count, p, pieces), Cut(count, p + 1, pieces));
        }
        Beside(() => Take(0), Take, () => { });
    }

    /// <summary>This thread works; the others look ahead, numbered from 0, until they are told that it is over.</summary>
    public void Beside(Action work, Action<int> ahead, Action over)
    {
        _work = ahead;
        _busy = _others.Length;
        // Seen by all before it is asked who sleeps, as they say so before they look once more: else one could lie down unseen, and this thread wait for it for ever.
        Interlocked.Increment(ref _section);
        if (Volatile.Read(ref _asleep) > 0)
            lock (_bed)
                Monitor.PulseAll(_bed);
        try
        {
            work();
        }
        finally
        {
            over();
            for (var spin = default(SpinWait); Volatile.Read(ref _busy) > 0;)
                spin.SpinOnce(sleep1Threshold: -1);
        }
        if (_failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        _closed = true;
        lock (_bed)
            Monitor.PulseAll(_bed);
        foreach (var other in _others)
            other.Join();
    }

    private void Help(int number)
    {
        for (var seen = 0; !_closed;)
        {
            for (var look = 0; look < Looks && Volatile.Read(ref _section) == seen && !_closed; look++)
                Thread.SpinWait(10);
            if (Volatile.Read(ref _section) == seen)
            {
                Sleep(seen);
                continue;
            }
            seen = Volatile.Read(ref _section);
            try
            {
                _work(number);
            }
            catch (Exception e)
            {
                _failure = e;
            }
            Interlocked.Decrement(ref _busy);
        }
    }

    private void Sleep(int seen)
    {
        Interlocked.Increment(ref _asleep);
        lock (_bed)
            while (Volatile.Read(ref _section) == seen && !_closed)
                Monitor.Wait(_bed);
        Interlocked.Decrement(ref _asleep);
    }
}
