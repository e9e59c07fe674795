namespace Compagnon.Matching;

/// <summary>Numbers put one after the other; for one thread at a time.</summary>
internal sealed unsafe class Pile : IDisposable
{
    private readonly Longs _longs = new();

    public long Count { get; set; }

    public long* At => _longs.At;

    /// <summary>Where so many more go.</summary>
    public long* More(int longs)
    {
        if (Count + longs > _longs.Length)
            _longs.Room(Math.Max(64, 2 * (Count + longs)), Count);
        Count += longs;
        return _longs.At + (Count - longs);
    }

    /// <summary>Gives the memory back, with what is in it.</summary>
    public void GiveBack()
    {
        Count = 0;
        _longs.GiveBack();
    }

    public void Dispose() => _longs.Dispose();
}
