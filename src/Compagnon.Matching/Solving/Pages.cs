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

    /// <summary>Less than this is taken from the heap; up to a quarter of a page shares one.</summary>
    private const nuint LeastShared = 1 << 14, MostShared = Huge / 2;

    /// <summary>Blocks don't share a line of memory, nor the one that is fetched along with it.</summary>
    private const nuint Apart = 128;

    private const int HugePages = 14;

    private static readonly Lock Gate = new();

    // The page that is shared next, and how much of it is taken. Each begins with the number of blocks in it.
    private static byte* _page;
    private static nuint _taken;

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    public static void* Take(nuint bytes) => bytes < LeastShared ? NativeMemory.AlignedAlloc(bytes, 64) : bytes > MostShared ? TakeOwn(bytes) : TakeShared(bytes);

    /// <param name="bytes">As many as were taken.</param>
    public static void Give(void* address, nuint bytes)
    {
        if (bytes is >= LeastShared and <= MostShared)
            GiveShared((byte*)((nuint)address & ~(Huge - 1)));
        else
            NativeMemory.AlignedFree(address);
    }

    private static void* TakeOwn(nuint bytes)
    {
        // the rest of the last page as well, where that is little
        var rest = bytes % Huge;
        var whole = rest >= Huge / 2 ? bytes - rest + Huge : bytes;
        var address = NativeMemory.AlignedAlloc(whole, Huge);
        AskForHuge(address, whole - (whole % Huge));
        return address;
    }

    private static void* TakeShared(nuint bytes)
    {
        bytes = (bytes + Apart - 1) & ~(Apart - 1);
        lock (Gate)
        {
            if (_page is null || _taken + bytes > Huge)
            {
                _page = (byte*)NativeMemory.AlignedAlloc(Huge, Huge);
                AskForHuge(_page, Huge);
                *(int*)_page = 0;
                _taken = Apart;
            }
            ++*(int*)_page;
            _taken += bytes;
            return _page + (_taken - bytes);
        }
    }

    private static void GiveShared(byte* page)
    {
        lock (Gate)
        {
            if (--*(int*)page > 0)
                return;
            if (page == _page)
                _taken = Apart;
            else
                NativeMemory.AlignedFree(page);
        }
    }

    private static void AskForHuge(void* address, nuint bytes)
    {
        if (bytes > 0 && OperatingSystem.IsLinux())
            _ = Advise(address, bytes, HugePages);
    }
}
