using System.Runtime.InteropServices;

namespace Compagnon.Matching;

/// <summary>
/// Where blocks get their memory. Linux is asked for huge pages: searches read here and there, and each small page would have to be looked up, and
/// to be made when it is first touched, which in a virtual machine takes as long as hundreds of reads. So what is large has pages of its own, and what is not
/// shares them.
/// </summary>
internal static unsafe partial class Pages
{
    private const nuint Huge = 1 << 21;

    /// <summary>Less than this is taken from the heap; up to a quarter of a page shares one. What has so many pages, and nearly fills a last one, gets it whole.</summary>
    private const nuint LeastShared = 1 << 14, MostShared = Huge / 4, RoundedFrom = 3 * Huge, NearlyWhole = Huge / 4 * 3;

    /// <summary>Where so much has pages of its own, what is small counts for nothing: it doesn't share, since a page is given back only with all that is in it.</summary>
    private const long MostBeside = 64 << 20;

    /// <summary>Blocks don't share a line of memory, nor the one that is fetched along with it.</summary>
    private const nuint Apart = 128;

    private const int HugePages = 14;

    private static readonly Lock Gate = new();

    /// <summary>How many blocks each shared page has.</summary>
    private static readonly Dictionary<nuint, int> Shared = [];

    // The page that is shared next, and how much of it is taken.
    private static nuint _page, _taken = Huge;
    private static long _own;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    public static void* Take(nuint bytes)
    {
        if (bytes >= Huge)
            return TakeOwn(bytes);
        return bytes is >= LeastShared and <= MostShared && Volatile.Read(ref _own) < MostBeside ? TakeShared(bytes) : NativeMemory.AlignedAlloc(bytes, 64);
    }

    /// <param name="bytes">As many as were taken.</param>
    public static void Give(void* address, nuint bytes)
    {
        if (bytes is >= LeastShared and <= MostShared && GaveShared((nuint)address & ~(Huge - 1)))
            return;
        if (bytes >= Huge)
            Interlocked.Add(ref _own, -(long)bytes);
        NativeMemory.AlignedFree(address);
    }

    private static void* TakeOwn(nuint bytes)
    {
        var rest = bytes % Huge;
        var whole = bytes >= RoundedFrom && rest >= NearlyWhole ? bytes - rest + Huge : bytes;
        var address = NativeMemory.AlignedAlloc(whole, Huge);
        AskForHuge(address, whole - (whole % Huge));
        Interlocked.Add(ref _own, (long)bytes);
        return address;
    }

    private static void* TakeShared(nuint bytes)
    {
        bytes = (bytes + Apart - 1) & ~(Apart - 1);
        lock (Gate)
        {
            if (_taken + bytes > Huge)
            {
                var page = NativeMemory.AlignedAlloc(Huge, Huge);
                AskForHuge(page, Huge);
                (_page, _taken) = ((nuint)page, 0);
            }
            Shared[_page] = Shared.GetValueOrDefault(_page) + 1;
            _taken += bytes;
            return (void*)(_page + _taken - bytes);
        }
    }

    private static bool GaveShared(nuint page)
    {
        lock (Gate)
        {
            if (!Shared.TryGetValue(page, out var blocks))
                return false;
            Shared[page] = blocks - 1;
            if (blocks > 1)
                return true;
            Shared.Remove(page);
            if (page == _page)
                _taken = Huge;
            NativeMemory.AlignedFree((void*)page);
            return true;
        }
    }

    private static void AskForHuge(void* address, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(address, bytes, HugePages);
    }
}
