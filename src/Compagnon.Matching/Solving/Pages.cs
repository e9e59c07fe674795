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

    // The page that is shared next, and how much of it is taken: first of all how many blocks it has.
    private static int* _page;
    private static nuint _taken = Huge;
    private static long _own;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    /// <param name="isShared">On a page with others: to be said when it is given back.</param>
    public static void* Take(nuint bytes, out bool isShared)
    {
        isShared = bytes is >= LeastShared and <= MostShared && Volatile.Read(ref _own) < MostBeside;
        return isShared ? TakeShared(bytes) : bytes >= Huge ? TakeOwn(bytes) : NativeMemory.AlignedAlloc(bytes, 64);
    }

    /// <param name="bytes">As many as were taken.</param>
    public static void Give(void* address, nuint bytes, bool isShared)
    {
        if (isShared)
        {
            GiveShared((int*)((nuint)address & ~(Huge - 1)));
            return;
        }
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
                _page = (int*)page;
                *_page = 0;
                _taken = Apart;
            }
            ++*_page;
            _taken += bytes;
            return (byte*)_page + _taken - bytes;
        }
    }

    private static void GiveShared(int* page)
    {
        lock (Gate)
        {
            if (--*page > 0)
                return;
            if (page == _page)
                _taken = Huge;
            NativeMemory.AlignedFree(page);
        }
    }

    private static void AskForHuge(void* address, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(address, bytes, HugePages);
    }
}
