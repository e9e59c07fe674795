using System.Runtime.ExceptionServices;

namespace Compagnon.Matching;

/// <summary>
/// The threads that work on one part. What they make depends neither on how many they are nor on which is faster: ranges have nothing to do with each other.
/// A solve has hundreds of sections that are over within a millisecond, so the others stay awake in between: waking a thread takes as long as such a section
/// would save, and in a virtual machine it often wakes on the processor of who wakes it, so that both share one, for milliseconds, while the other is idle.
/// </summary>
internal sealed class Team : IDisposable
{
    /// <summary>Ranges a thread, so that one who comes late finds less to do.</summary>
    private const int Pieces = 4;

    /// <summary>Looks for work before another thread lies down: some milliseconds, as long as one thread alone is busy in between.</summary>
    private const int UsualLooks = 20_000;

    /// <summary>After so many looks, about as long as a range takes, whoever else wants this processor may have it.</summary>
    private const int Patience = 300;

    /// <summary>How far apart numbers lie that several threads write: two lines of memory.</summary>
    private const int Apart = 32;

    private readonly Thread[] _others;
    private readonly object _bed = new();
    private readonly int[] _next;
    private readonly int _looks;
    private readonly Action _takeHere;
    private readonly Action<int> _takeThere;
    private Action<int> _work = _ => { };
    private Action<int, int> _range = (_, _) => { };
    private int _count;
    private volatile Exception? _failure;
    private int _section;
    private volatile bool _closed;
    private int _isOpen;
    private int _inside;
    private int _asleep;

    /// <param name="looks">So many looks for work before another thread lies down.</param>
    public Team(int threads, int looks = UsualLooks)
    {
        (Size, _looks) = (threads, looks);
        _next = new int[threads * Apart];
        (_takeHere, _takeThere) = (() => Take(0), number => Take(number + 1));
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

    /// <summary>
    /// Everything from 0 to before the count in ranges: each thread takes its own share first, the same of everything, so that it finds in its cache what it wrote;
    /// then what others haven't come to yet.
    /// </summary>
    public void Share(int count, Action<int, int> work)
    {
        if (Size == 1)
        {
            work(0, count);
            return;
        }
        (_range, _count) = (work, count);
        for (var t = 0; t < Size; t++)
            _next[t * Apart] = 0;
        Beside(_takeHere, _takeThere);
    }

    private void Take(int number)
    {
        for (var k = 0; k < Size; k++)
        {
            var whose = (number + k) % Size;
            for (var p = Interlocked.Increment(ref _next[whose * Apart]) - 1; p < Pieces; p = Interlocked.Increment(ref _next[whose * Apart]) - 1)
            {
                var piece = (whose * Pieces) + p;
                var (from, to) = (Cut(_count, piece, Size * Pieces), Cut(_count, piece + 1, Size * Pieces));
                if (from < to)
                    _range(from, to);
            }
        }
    }

    /// <summary>
    /// This thread works; the others, numbered from 0, as well, as soon as they come to it, until this one is done: it waits for those only who have begun,
    /// since a processor may be busy with something else.
    /// </summary>
    public void Beside(Action work, Action<int> others)
    {
        _work = others;
        Volatile.Write(ref _isOpen, 1);
        // Seen by all before it is asked who sleeps, as they say so before they look once more: else one could lie down unseen, and sleep through it.
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
            // Either this thread sees that another is inside, or that one sees that it is over.
            Interlocked.Exchange(ref _isOpen, 0);
            for (var look = 0; Volatile.Read(ref _inside) > 0; look++)
                Wait(look);
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
            for (var look = 0; look < _looks && Volatile.Read(ref _section) == seen && !_closed; look++)
                Wait(look);
            if (Volatile.Read(ref _section) == seen)
            {
                Sleep(seen);
                continue;
            }
            seen = Volatile.Read(ref _section);
            Interlocked.Increment(ref _inside);
            try
            {
                if (Volatile.Read(ref _isOpen) == 1)
                    _work(number);
            }
            catch (Exception e)
            {
                _failure = e;
            }
            Interlocked.Decrement(ref _inside);
        }
    }

    private static void Wait(int look)
    {
        Thread.SpinWait(10);
        if (look >= Patience)
            Thread.Yield();
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
