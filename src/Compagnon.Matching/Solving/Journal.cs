namespace Compagnon.Matching;

/// <summary>Remembers what was overwritten, so that a question "what if" leaves no trace.</summary>
internal sealed unsafe class Journal
{
    private (nint At, long Old, bool Wide)[] _kept = new (nint, long, bool)[256];
    private int _count;

    public void Keep(int* at) => Add((nint)at, *at, wide: false);

    public void Keep(long* at) => Add((nint)at, *at, wide: true);

    public void RollBack()
    {
        while (_count > 0)
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
