namespace Compagnon.Matching;

/// <summary>What changes in the lists when somebody has moved or a price has drifted: no more than that.</summary>
internal sealed unsafe partial class NearPairs
{
    // What one needs lies anywhere: it is asked for while others are placed, and of what leads to it first.
    private void PlaceMoved()
    {
        var moved = _moved.All;
        for (var k = -3 * Ahead; k < moved.Length; k++)
        {
            if (k + (3 * Ahead) is var third && third < moved.Length)
            {
                Searches.Ask(_m.Patient + moved[third], lines: 1);
                Searches.Ask(_m.Match.At + moved[third], lines: 1);
                Searches.Ask(_under.At + moved[third], lines: 1);
            }
            if (k + (2 * Ahead) is var second and >= 0 && second < moved.Length)
                AskForRow(moved[second]);
            if (k + Ahead is var first and >= 0 && first < moved.Length)
                AskForLists(moved[first]);
            if (k >= 0)
                Place(moved[k]);
        }
    }

    private void AskForRow(int patient)
    {
        Searches.Ask(_m.Row.At + _m.Patient[patient].RowStart, lines: 2);
        if (_under.At[patient] is var under and >= 0)
            Ask(under, back: false);
        if (_m.Match.At[patient] is var match and < Market.Away)
            Ask(Problem.CompanionOf(match), back: false);
    }

    private void AskForLists(int patient)
    {
        var match = _m.Match.At[patient];
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
            if (AreNear(match, Problem.CompanionOf(*at), *at))
                Ask(Problem.CompanionOf(*at), back: true);
    }

    // The patient has moved: away from where they stood, and to wherever they are.
    private void Place(int patient)
    {
        var (match, under, left) = (_m.Match.At[patient], _under.At[patient], -1);
        if (under >= 0 && From(under)->Other <= Most)
            left = TakeOut(From(under), patient);
        uint* at = _m.Row.At + _m.Patient[patient].RowStart, end = at + _m.Patient[patient].RowLength;
        for (; at < end; at++)
        {
            var companion = Problem.CompanionOf(*at);
            var isNear = AreNear(match, companion, *at);
            if (isNear || left < 0 || _left.AsSpan(0, left).Contains(companion))
                SetTo(companion, patient, *at, match, isNear);
            if (isNear && match < Market.Away)
                Append(From(Problem.CompanionOf(match)), *at, Word(patient, match));
        }
        _searches.Write(_under.At + patient, CompanionOf(match));
    }

    // From now on prices drift from where they are.
    private void NoteDrift()
    {
        foreach (var companion in _drifted.All)
            if (_drift.At[companion] > 0)
                _risen.Add(companion);
            else if (_drift.At[companion] < 0)
                _fallen.Add(companion);
        foreach (var companion in _risen.All)
            _searches.Write(_drift.At + companion, 0);
        foreach (var companion in _fallen.All)
            _searches.Write(_drift.At + companion, 0);
    }

    // Its patients come nearer to others, and others' are further from it.
    private void RenewRisen()
    {
        var risen = _risen.All;
        for (var k = -2; k < risen.Length; k++)
        {
            if (k + 2 < risen.Length)
                AskForPatients(risen[k + 2]);
            if (k + 1 is var next and >= 0 && next < risen.Length)
                AskForRows(risen[next]);
            if (k < 0)
                continue;
            RenewFrom(risen[k]);
            PruneTo(risen[k]);
        }
    }

    private void RenewFallen()
    {
        var fallen = _fallen.All;
        for (var k = -1; k < fallen.Length; k++)
        {
            if (k + 1 < fallen.Length)
                AskForColumn(fallen[k + 1]);
            if (k < 0)
                continue;
            RenewTo(fallen[k]);
            PruneFrom(fallen[k]);
        }
    }

    private void RenewTo(int companion)
    {
        var list = To(companion);
        var had = Remember(list);
        MakeTo(companion);
        if (had < 0 || list->Other > Most)
        {
            uint* at = _m.Column.At + _m.ColumnStart.At[companion], end = at + _m.ColumnLength.At[companion];
            for (; at < end; at++)
                if (_m.Match.At[*at >> Problem.FitBits] is var match && match < Market.Away)
                    SetFrom((int)(*at >> Problem.FitBits), match, companion, *at, AreNear(match, companion, *at));
            return;
        }
        foreach (var pair in New(had, list, back: true))
            if (pair.Other != Market.None)
                Append(From(Problem.CompanionOf(pair.Other)), Word(companion, pair.By), Word((int)(pair.By >> Problem.FitBits), pair.Other));
    }

    private void RenewFrom(int companion)
    {
        var list = From(companion);
        var had = Remember(list);
        MakeFrom(companion);
        if (had < 0 || list->Other > Most)
        {
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
            {
                var match = _m.Match.At[places[k]];
                uint* at = _m.Row.At + _m.Patient[places[k]].RowStart, end = at + _m.Patient[places[k]].RowLength;
                for (; at < end; at++)
                    SetTo(Problem.CompanionOf(*at), places[k], *at, match, AreNear(match, Problem.CompanionOf(*at), *at));
            }
            return;
        }
        foreach (var pair in New(had, list, back: false))
            SetTo(Problem.CompanionOf(pair.Other), (int)(pair.By >> Problem.FitBits), pair.Other, Word(companion, pair.By), isNear: true);
    }

    // Those that are too far by now, out of both lists.
    private void PruneTo(int companion)
    {
        var list = To(companion);
        if (list->Other > Most)
        {
            RenewTo(companion);
            return;
        }
        var count = 0;
        for (var n = list->Other; n > 0; n--)
            if (list[n] is var pair && pair.Other != Market.None && !AreNear(pair.Other, companion, pair.By))
            {
                Ask(Problem.CompanionOf(pair.Other), back: false);
                _changed[count++] = pair;
                Remove(list, n);
            }
        foreach (var pair in _changed.AsSpan(0, count))
            TakeOut(From(Problem.CompanionOf(pair.Other)), (int)(pair.By >> Problem.FitBits), companion);
    }

    private void PruneFrom(int companion)
    {
        var list = From(companion);
        if (list->Other > Most)
        {
            RenewFrom(companion);
            return;
        }
        var count = 0;
        for (var n = list->Other; n > 0; n--)
            if (list[n] is var pair && !AreNear(Word(companion, pair.By), Problem.CompanionOf(pair.Other), pair.Other))
            {
                Ask(Problem.CompanionOf(pair.Other), back: true);
                _changed[count++] = pair;
                Remove(list, n);
            }
        foreach (var pair in _changed.AsSpan(0, count))
            SetTo(Problem.CompanionOf(pair.Other), (int)(pair.By >> Problem.FitBits), 0, Market.None, isNear: false);
    }

    /// <summary>What stands in a list and didn't before; the other companions' lists are asked for.</summary>
    private Span<NearPair> New(int had, NearPair* list, bool back)
    {
        var count = 0;
        for (var n = 1u; n <= list->Other; n++)
            if (!Had(had, list[n]))
            {
                if (list[n].Other != Market.None)
                    Ask(Problem.CompanionOf(list[n].Other), !back);
                _changed[count++] = list[n];
            }
        return _changed.AsSpan(0, count);
    }

    private void AskForPatients(int companion)
    {
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
        {
            Searches.Ask(_m.Patient + places[k], lines: 1);
            Searches.Ask(_m.Match.At + places[k], lines: 1);
        }
    }

    private void AskForRows(int companion)
    {
        Ask(companion, back: false);
        Ask(companion, back: true);
        _searches.AskForRows(companion);
    }

    private void AskForColumn(int companion)
    {
        Ask(companion, back: false);
        Ask(companion, back: true);
        Searches.Ask(_m.Column.At + _m.ColumnStart.At[companion], lines: 6);
    }

    private int Remember(NearPair* list)
    {
        if (list->Other > Most)
            return -1;
        new ReadOnlySpan<NearPair>(list + 1, (int)list->Other).CopyTo(_had);
        return (int)list->Other;
    }

    private bool Had(int count, NearPair pair)
    {
        for (var h = 0; h < count; h++)
            if (_had[h].By == pair.By && _had[h].Other == pair.Other)
                return true;
        return false;
    }
}
