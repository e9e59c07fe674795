namespace Compagnon.Matching;

/// <summary>
/// Companions that hang together through the patients they share. Perhaps too many at once: what was joined isn't parted again when people leave.
/// Each cluster is a ring, and is named after one of its members.
/// </summary>
internal sealed class Clusters
{
    private int[] _of = [], _next = [], _size = [];

    public int Of(int companion) => _of[companion];

    /// <summary>Everybody's cluster.</summary>
    public ReadOnlySpan<int> All => _of;

    /// <summary>The next member of the ring.</summary>
    public int Next(int companion) => _next[companion];

    public int SizeOf(int cluster) => _size[cluster];

    public void Room(int companions)
    {
        var had = _of.Length;
        if (companions <= had)
            return;
        Array.Resize(ref _of, companions);
        Array.Resize(ref _next, companions);
        Array.Resize(ref _size, companions);
        for (var j = had; j < companions; j++)
        {
            _of[j] = _next[j] = j;
            _size[j] = 1;
        }
    }

    /// <summary>The smaller one takes the larger one's name, so that all joining together takes n log n.</summary>
    public void Join(int one, int other)
    {
        int large = _of[one], small = _of[other];
        if (large == small)
            return;
        if (_size[large] < _size[small])
            (large, small) = (small, large);
        var at = small;
        do
        {
            _of[at] = large;
            at = _next[at];
        }
        while (at != small);
        (_next[large], _next[small]) = (_next[small], _next[large]);
        _size[large] += _size[small];
    }
}
