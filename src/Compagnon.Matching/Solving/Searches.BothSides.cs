using System.Runtime.Intrinsics;

namespace Compagnon.Matching;

/// <summary>
/// A search that has become long in a live plan goes on from its other end as well. What lies half-way is little beside what lies nearly
/// as far as the end: there are many companions one point of fit too near, and all would have to be settled.
/// Whoever neither side came near changes price by what the other side has gone: one write each instead of a look at all their edges.
/// </summary>
internal sealed unsafe partial class Searches
{
    /// <summary>As an end: a companion that both sides have reached.</summary>
    private const int Meets = -2;

    /// <summary>As a parent: whoever is worth least there leaves for good.</summary>
    private const int Leaves = -2;

    /// <summary>How often the second side goes on to dearer ends: beyond, the rest is left to the first.</summary>
    private const int MostLeaps = 8;

    /// <summary>
    /// Both sides settle alike, up to <see cref="EvenTo"/>; beyond, the second settles one for so many. What a side has seen hangs on a tree of shortest ways
    /// from then on. Around whoever comes or goes that does no harm; but the ends are the same for the next search, which has to see all that hangs on them.
    /// </summary>
    private const int ShareBeyond = 4;

    /// <summary>One companion in so many of the cluster is settled from one side before the other begins.</summary>
    private const int ShareOfCluster = 128;

    /// <summary>A question remembers every price, since all may change: it waits so many times as long.</summary>
    private const int DearerInQuestions = 2;

    /// <summary>At least so many companions are settled from one side before the other begins, which looks at the whole cluster twice.</summary>
    public int Alone { get; set; } = 128;

    /// <summary>The second side may settle so many before it is held to its <see cref="ShareBeyond"/>.</summary>
    public int EvenTo { get; set; } = 800;

    /// <summary>The second side goes so far beyond the nearest of its ends before it looks for the next.</summary>
    public long Farthest { get; set; } = 4096;

    private int ClusterOfPatient(int patient) =>
        Clusters is null || _m.Patient[patient].RowLength == 0 ? -1 : Clusters.Of(Problem.CompanionOf(_m.Row.At[_m.Patient[patient].RowStart]));

    // One who doesn't exist yet belongs to nobody.
    private int ClusterOfCompanion(int companion) => Clusters is null || companion >= _m.Companions ? -1 : Clusters.Of(companion);

    // Never, where it isn't known who hangs together.
    private int AloneIn(int cluster) =>
        cluster < 0 ? int.MaxValue : Math.Max(Alone, Clusters!.SizeOf(cluster) / ShareOfCluster) * (Journal is null ? 1 : DearerInQuestions);

    /// <summary>From one side until the end is known, or until that has become long.</summary>
    /// <returns>How much of the way the second side has gone: 0 where the first did it alone.</returns>
    private long Search(Queue queue, int cluster)
    {
        var (alone, nearFrom) = (AloneIn(cluster), NearFromNow(cluster));
        while (true)
        {
            var count = Take(queue, _near ? _sure : long.MaxValue, out var distance);
            if (count > 0 && distance < _best)
            {
                Settle(queue, count, distance, byOther: false, _best);
                if (_settledCount >= nearFrom)
                {
                    nearFrom = int.MaxValue;
                    SeeNear();
                }
                if (_settledCount >= alone)
                    return SearchBothSides(cluster, distance);
            }
            else if (_near && _best > _sure)
                SeeAll();
            else
                return 0;
        }
    }

    /// <param name="first">What is nearer than this has been settled from the first side.</param>
    /// <inheritdoc cref="Search"/>
    private long SearchBothSides(int cluster, long first)
    {
        // the second side has come so far, may go so far, and its nearest end is no nearer than that
        long second = 0, far = 0, nearest = 0;
        var leaps = 0;
        _fromBoth = true;
        _nextEnd = 0;
        if (_seating && PricesStay)
            BeginFromKnown();
        while (true)
        {
            var begun = _settledByOtherCount > 0;
            if (!begun)
                nearest = second;
            // what each side can't have overlooked, and so the longest way that is sure
            var (sureFirst, sureSecond) = _near ? (_sure, nearest + _sure) : (long.MaxValue, long.MaxValue);
            var isDone = first + second >= _best;
            if (isDone && _best <= sureSecond)
                return _best - Math.Min(first, _best);
            var other = _settledByOtherCount <= Math.Min(_settledCount, EvenTo + (_settledCount / ShareBeyond)) && leaps <= MostLeaps;
            var queue = other == _seating ? _back : _there;
            var (count, distance) = (-1, 0L);
            if (!isDone && (!begun || second < sureSecond))
                count = Take(queue, !other ? sureFirst : begun ? sureSecond : long.MaxValue, out distance);
            if (count < 0 || (count == 0 && !other && _near))
            {
                SeeAll();
                GoOn(cluster, far);
            }
            else if (count == 0 && other)
            {
                if (leaps++ < MostLeaps)
                    (second, far) = Leap(cluster, far, Math.Min(_best - first, begun ? sureSecond : long.MaxValue));
            }
            else
            {
                if (other)
                    second = distance;
                else
                    first = count == 0 ? _best : Math.Min(distance, _best);
                if (first + second < _best)
                    Settle(queue, count, distance, other, other ? Math.Min(far, _best - first) : _best);
                if (other && !begun)
                    nearest = second;
            }
        }
    }

    private void Meet(int companion, long cost, Label* opposite)
    {
        if (opposite->Stamp == _now && cost + opposite->Distance < _best)
            End(cost + opposite->Distance, companion, Meets);
    }

    private void Raise(int companion, long by)
    {
        if (_priceJournal is { KeepsPrices: false })
            _priceJournal.Keep(_m.Price.At + companion);
        _m.Price.At[companion] += by;
    }

    private void RaiseApart(int companion, long by)
    {
        Raise(companion, by);
        _pairs?.Drift(companion, by);
    }

    /// <summary>
    /// Prices after a search: raised when somebody was seated, lowered when a place was filled. Near the first side by what is left of the way
    /// from there to the end; near the second by the way to the end; elsewhere by all that the second side has gone.
    /// </summary>
    private void ChangePrices(int cluster, long rest)
    {
        NoteLength(cluster);
        var labels = _seating ? _m.There.At : _m.Back.At;
        var sign = _seating ? 1 : -1;
        if (rest == 0)
        {
            for (var s = 0; s < _settledCount; s++)
                if (_best > labels[_settled[s]].Distance)
                    RaiseApart(_settled[s], sign * (_best - labels[_settled[s]].Distance));
            return;
        }
        if (_priceJournal is not null && Clusters!.SizeOf(cluster) > _m.Companions / 4)
            _priceJournal.KeepPrices(_m.Price.At, _m.Companions + 1);
        if (IsMost(cluster))
            RaiseMost(cluster, sign * rest);
        else
            for (var (j, left) = (cluster, Clusters!.SizeOf(cluster)); left > 0; left--, j = Clusters.Next(j))
                RaiseOne(j, true, sign * rest);
        for (var s = 0; s < _settledCount; s++)
            if (IsNear(labels + _settled[s], rest))
                RaiseApart(_settled[s], sign * (_best - labels[_settled[s]].Distance - rest));
        var others = _seating ? _m.Back.At : _m.There.At;
        for (var s = 0; s < _settledByOtherCount; s++)
            if (_settledByOther[s] is var j && others[j].Distance < rest && !IsNear(labels + j, rest))
                RaiseApart(j, sign * (others[j].Distance - rest));
    }

    // Four at a time: all prices are remembered already, where they need be.
    private void RaiseMost(int cluster, long by)
    {
        var j = 0;
        fixed (int* of = Clusters!.All)
            for (; j + 4 <= _m.Companions; j += 4)
            {
                var raised = Vector128.Equals(Vector128.Load(of + j), Vector128.Create(cluster)) & Vector128.GreaterThan(Vector128.Load(_m.Capacity.At + j), Vector128<int>.Zero);
                var (lower, upper) = Vector128.Widen(raised);
                (Vector128.Load(_m.Price.At + j) + (lower & Vector128.Create(by))).Store(_m.Price.At + j);
                (Vector128.Load(_m.Price.At + j + 2) + (upper & Vector128.Create(by))).Store(_m.Price.At + j + 2);
            }
        for (; j < _m.Companions; j++)
            RaiseOne(j, Clusters.Of(j) == cluster, by);
    }

    // The price of one without any place says so, and moves nobody.
    private void RaiseOne(int companion, bool isMember, long by)
    {
        if (isMember && _m.Capacity.At[companion] > 0)
            Raise(companion, by);
    }

    private bool IsNear(Label* label, long rest) => label->Stamp == _now && label->Distance < _best - rest;

    // Of all companions that lie on both ways the last one: beyond it nobody moves twice.
    private void MeetLast(int patient)
    {
        for (var at = _endCompanion; _m.Back.At[at].Parent >= 0; )
        {
            Step();
            var (mover, word) = (_m.Back.At[at].Parent, _m.Back.At[at].Word);
            at = Problem.CompanionOf(word);
            // on a way known before: whoever looks for a place would move on from the one they had, and so may go there at once
            if (mover == patient)
                (_m.There.At[at].Parent, _m.There.At[at].Word) = (mover, word);
            if (mover == patient || OnBothWays(at))
                _endCompanion = at;
        }
    }

    /// <summary>Where both sides met, a place is made by the moves that the second side found, and <see cref="MoveAlong"/> does the rest.</summary>
    private void VacateByMoves()
    {
        _chain.Clear();
        var end = _endCompanion;
        for (; _m.Back.At[end].Parent >= 0; end = Problem.CompanionOf(_m.Back.At[end].Word))
        {
            Step();
            _chain.Add(end);
        }
        if (_m.Back.At[end].Parent == Leaves)
            Unseat(WeakestAt(end));
        for (var k = _chain.Count - 1; k >= 0; k--)
        {
            var mover = _m.Back.At + _chain[k];
            Unseat(mover->Parent);
            Seat(mover->Parent, mover->Word);
        }
        _endPatient = -1;
    }

    /// <summary>Where both sides met, the first one's moves make a place, and the second one's bring somebody into it.</summary>
    private void FillByMoves(int companion)
    {
        for (var at = _endCompanion; _m.There.At[at].Parent >= 0 && _m.Match.At[_m.There.At[at].Parent] is var match and not Market.None; )
        {
            Step();
            at = Problem.CompanionOf(match);
            if (OnBothWays(at))
                _endCompanion = at;
        }
        _endPatient = -1;
        MoveInto(companion);
        for (var at = _endCompanion; _m.There.At[at].Parent is var mover and >= 0;)
        {
            Step();
            var match = _m.Match.At[mover];
            if (match != Market.None)
                Unseat(mover);
            Seat(mover, _m.There.At[at].Word);
            if (match == Market.None)
                return;
            at = Problem.CompanionOf(match);
        }
    }

    private bool OnBothWays(int companion) =>
        _m.There.At[companion].Stamp == _now && _m.Back.At[companion].Stamp == _now
        && _m.There.At[companion].Distance + _m.Back.At[companion].Distance == _best;
}
