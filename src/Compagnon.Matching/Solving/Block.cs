using System.Runtime.InteropServices;

namespace Compagnon.Matching;

/// <summary>
/// Memory outside the collected heap: it neither moves nor waits for a collection to be given back.
/// One class a kind of number and no generic one, since those are compiled when first met even in a program compiled ahead.
/// </summary>
internal abstract unsafe class Block : IDisposable
{
    private readonly int _size;
    private bool _isShared;

    private protected Block(int size)
    {
        _size = size;
        Room(0, 0);
    }

    ~Block() => Free();

    public long Length { get; private set; }
    private protected void* Address { get; private set; }

    /// <summary>At least so long from now on; the first <paramref name="keep"/> values stay, the others are undefined.</summary>
    public void Room(long length, long keep)
    {
        if (length <= Length && Address is not null)
            return;
        var fresh = Pages.Take(checked((nuint)Math.Max(length, 1) * (nuint)_size), out var isShared);
        NativeMemory.Copy(Address, fresh, (nuint)keep * (nuint)_size);
        Free();
        Address = fresh;
        (Length, _isShared) = (length, isShared);
    }

    /// <summary>Gives the memory back; there may be room again.</summary>
    public void GiveBack() => Free();

    public void Clear(long length) => NativeMemory.Clear(Address, (nuint)length * (nuint)_size);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Address is not null)
            Pages.Give(Address, (nuint)Math.Max(Length, 1) * (nuint)_size, _isShared);
        Address = null;
        Length = 0;
    }
}

internal sealed unsafe class Ints() : Block(sizeof(int))
{
    public int* At => (int*)Address;
}

internal sealed unsafe class Words() : Block(sizeof(uint))
{
    public uint* At => (uint*)Address;
}

internal sealed unsafe class Longs() : Block(sizeof(long))
{
    public long* At => (long*)Address;
}

internal sealed unsafe class Bits() : Block(sizeof(ulong))
{
    public ulong* At => (ulong*)Address;
}
