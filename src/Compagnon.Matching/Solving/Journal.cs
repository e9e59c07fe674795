namespace Compagnon.Matching;

/// <summary>Remembers what was overwritten, so that a question "what if" leaves no trace.</summary>
internal sealed unsafe class Journal : IDisposable
{
    private readonly Longs _prices = new();
    private (nint At, long Old, bool Wide)[] _kept = new (nint, long, bool)[256];
    private int _count;
    private long* _pricesAt;
    private int _priceCount;
    private int _pricesAfter;

    /// <summary>All prices are remembered already: none need be on its own.</summary>
    public bool KeepsPrices => _priceCount > 0;

    public void Keep(int* at) => Add((nint)at, *at, wide: false);

    public void Keep(long* at) => Add((nint)at, *at, wide: true);

    /// <summary>Where most prices change, all are copied at once.</summary>
    public void KeepPrices(long* at, int count)
    {
        if (KeepsPrices)
            return;
        _prices.Room(count, 0);
        new ReadOnlySpan<long>(at, count).CopyTo(new Span<long>(_prices.At, count));
        _pricesAt = at;
        (_priceCount, _pricesAfter) = (count, _count);
    }

    public void RollBack()
    {
        if (KeepsPrices)
        {
            RollBack(_pricesAfter);
            new ReadOnlySpan<long>(_prices.At, _priceCount).CopyTo(new Span<long>(_pricesAt, _priceCount));
            _priceCount = 0;
        }
        RollBack(0);
    }

    public void Dispose() => _prices.Dispose();

    private void RollBack(int count)
    {
        while (_count > count)
        {
            var (at, old, wide) = _kept[--_count];
            if (wide)
                *(long*)at = old;
            else
                *(int*)at = (int)old;
        }
    }

    private void Add(nint at, long old, bool wide)
    {
        if (_count == _kept.Length)
            Array.Resize(ref _kept, _count * 2);
        _kept[_count++] = (at, old, wide);
    }
}
