namespace Compagnon.Matching;

/// <summary>What changes in the lists when somebody has moved or a price has drifted: no more than that.</summary>
internal sealed unsafe partial class NearPairs
{
    // The patient has moved: away from where they stood, and to wherever they are.
    private void Place(int patient)
    {
        var (match, under, left) = (_m.Match.At[patient], _under.At[patient], -1);
        if (under >= 0 && From(under)->Other <= Most)
            left = TakeOut(From(under), patient);
        uint* row = _m.Row.At + _m.Patient[patient].RowStart, end = row + _m.Patient[patient].RowLength;
        for (var at = row; at < end; at++)
            if (left < 0 || AreNear(match, Problem.CompanionOf(*at), *at))
                Ask(Problem.CompanionOf(*at), back: true);
        for (var at = row; at < end; at++)
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

    // The companion's price has drifted: others' patients.
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
        for (var h = 0; h < had; h++)
            if (_had[h].Other != Market.None && !AreNear(_had[h].Other, companion, _had[h].By))
                TakeOut(From(Problem.CompanionOf(_had[h].Other)), (int)(_had[h].By >> Problem.FitBits), companion);
        for (var n = 1u; n <= list->Other; n++)
            if (list[n].Other != Market.None && !Had(had, list[n]))
                Append(From(Problem.CompanionOf(list[n].Other)), Word(companion, list[n].By), Word((int)(list[n].By >> Problem.FitBits), list[n].Other));
    }

    // And its own.
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
        for (var h = 0; h < had; h++)
            if (!AreNear(Word(companion, _had[h].By), Problem.CompanionOf(_had[h].Other), _had[h].Other))
                SetTo(Problem.CompanionOf(_had[h].Other), (int)(_had[h].By >> Problem.FitBits), 0, Market.None, isNear: false);
        for (var n = 1u; n <= list->Other; n++)
            if (!Had(had, list[n]))
                SetTo(Problem.CompanionOf(list[n].Other), (int)(list[n].By >> Problem.FitBits), list[n].Other, Word(companion, list[n].By), isNear: true);
    }

    private void AskForRows(int companion)
    {
        Searches.Ask(_m.Column.At + _m.ColumnStart.At[companion], lines: 3);
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
            Searches.Ask(_m.Row.At + _m.Patient[places[k]].RowStart, lines: 2);
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
