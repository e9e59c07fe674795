namespace Compagnon.Matching;

/// <summary>
/// Where further questions follow one another from the same plan and their prices stay, a later search need not find again what an earlier one has:
/// from whom a place can be made for nothing now, since its price has risen by all that this takes, and how.
/// </summary>
internal sealed unsafe partial class Searches
{
    /// <summary>Companions where somebody can leave for nothing; in <see cref="Market.Back"/> who, and to where.</summary>
    private readonly Marks _known = new();

    /// <summary>Prices are taken back later than all else.</summary>
    private bool PricesStay => _priceJournal != Journal;

    // All of them are ends of this search.
    private void BeginKnowing()
    {
        _fromBoth = _known.Count > 0;
        foreach (var companion in _known.All)
            (_m.Back.At[companion].Stamp, _m.Back.At[companion].Distance) = (_now, 0);
    }

    // They count as settled by the second side, which goes on from them.
    private void BeginFromKnown()
    {
        foreach (var companion in _known.All)
            Remember(ref _settledByOther, ref _settledByOtherCount, companion);
    }

    /// <summary>Before anybody has moved: whoever the second side came near, and all on the way that was found.</summary>
    private void Learn(int patient, long rest)
    {
        for (var s = 0; s < _settledByOtherCount; s++)
            if (_m.Back.At[_settledByOther[s]].Distance <= rest)
                _known.Add(_settledByOther[s]);
        var at = _endCompanion;
        if (_endPatient == patient)
            return;
        if (_endPatient != Meets)
            Learn(at, _endPatient >= 0 ? Leaves : Root, 0);
        else
            for (var on = at; ; on = Problem.CompanionOf(_m.Back.At[on].Word))
            {
                Step();
                _known.Add(on);
                if (_m.Back.At[on].Parent < 0)
                    break;
            }
        for (var mover = _m.There.At[at].Parent; mover != patient; mover = _m.There.At[at].Parent)
        {
            Step();
            var word = _m.There.At[at].Word;
            at = Problem.CompanionOf(_m.Match.At[mover]);
            Learn(at, mover, word);
        }
    }

    private void Learn(int companion, int mover, uint word)
    {
        (_m.Back.At[companion].Parent, _m.Back.At[companion].Word) = (mover, word);
        _known.Add(companion);
    }
}
