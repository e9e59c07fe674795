namespace Compagnon.Matching;

/// <summary>A set of numbers, each once, in the order in which they came.</summary>
internal sealed class Marks
{
    private int[] _all = new int[64];
    private int[] _in = [];
    private int _round = 1;

    public int Count { get; private set; }

    public ReadOnlySpan<int> All => _all.AsSpan(0, Count);

    public void Add(int number)
    {
        if (number >= _in.Length)
            Array.Resize(ref _in, number + (number / 4) + 64);
        if (_in[number] == _round)
            return;
        _in[number] = _round;
        if (Count == _all.Length)
            Array.Resize(ref _all, Count * 2);
        _all[Count++] = number;
    }

    public void Clear()
    {
        Count = 0;
        if (++_round == int.MaxValue)
        {
            Array.Clear(_in);
            _round = 1;
        }
    }
}
