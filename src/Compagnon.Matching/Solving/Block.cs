using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Compagnon.Matching;

/// <summary>Memory outside the collected heap: it neither moves nor waits for a collection to be given back.</summary>
internal sealed unsafe class Block<T> : IDisposable
    where T : unmanaged
{
    private T* _at;

    public Block(long length = 0) => Room(length, 0);

    ~Block() => Free();

    public T* At => _at;
    public long Length { get; private set; }
    public Span<T> Span => new(_at, checked((int)Length));

    public T this[long index]
    {
        get => _at[index];
        set => _at[index] = value;
    }

    /// <summary>At least so long from now on; the first <paramref name="keep"/> values stay, the others are undefined.</summary>
    public void Room(long length, long keep)
    {
        if (length <= Length && _at is not null)
            return;
        var bytes = checked((nuint)Math.Max(length, 1) * (nuint)sizeof(T));
        var fresh = (T*)NativeMemory.AlignedAlloc(bytes, 64);
        if (keep > 0)
            Unsafe.CopyBlockUnaligned(ref *(byte*)fresh, ref *(byte*)_at, checked((uint)(keep * sizeof(T))));
        Free();
        _at = fresh;
        Length = length;
    }

    public void Clear(long length) => NativeMemory.Clear(_at, (nuint)length * (nuint)sizeof(T));

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_at);
        _at = null;
        Length = 0;
    }
}
