using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Compagnon.Matching;

/// <summary>Where the second side of a long search begins.</summary>
internal sealed unsafe partial class Searches
{
    /// <summary>The nearest of the ends that the second side hasn't begun from costs at least so much.</summary>
    private long _nextEnd;

    /// <summary>
    /// The second side has settled all that is nearer than it may go, and goes on: to whatever lies before the next end, or from there.
    /// It begins at the ends that cost nothing or little; but where neither a place nor a patient is left over, each costs a whole match.
    /// </summary>
    /// <param name="far">How far it has come.</param>
    /// <returns>How far it has come now, and how far it may go.</returns>
    private (long Second, long Far) Leap(int cluster, long far, long bound)
    {
        var queue = _seating ? _back : _there;
        var next = Math.Min(_nextEnd, bound);
        if (far > 0)
        {
            queue.BeginAt(far);
            GoOn(cluster, next);
            if (!queue.IsEmpty)
                return (far, next);
        }
        if (next == bound)
            return (bound, bound);
        queue.BeginAt(next);
        far = Math.Min(next + Farthest, bound);
        GoOn(cluster, far);
        SeedEnds(cluster, far);
        return (next, far);
    }

    // From all that was settled already, and from those who wait for a place: what was too far is looked at again.
    private void GoOn(int cluster, long bound)
    {
        for (var s = 0; s < _settledByOtherCount; s++)
            LookFrom(_settledByOther[s], back: _seating, bound);
        for (var w = _seating ? 0 : _m.Waiting.At[0]; w > 0; w--)
            if (_m.WaitingNear.At[w] is var near and >= 0 && Clusters!.Of(near) == cluster)
                Reach(_m.Waiting.At[w], _m.Patient[_m.Waiting.At[w]].Gain - _m.Patient[_m.Waiting.At[w]].Base, bound);
    }

    /// <summary>Every companion of the cluster that a search could end with, where that costs less than the bound.</summary>
    private void SeedEnds(int cluster, long bound)
    {
        var reserve = _m.LoadPrices.Length == 0 ? 0 : _m.LoadPrices[^1];
        _nextEnd = long.MaxValue;
        if (IsMost(cluster))
        {
            for (var j = 0; j < _m.Companions; j++)
            {
                // four that are too dear are seen at a glance
                while (j + 4 <= _m.Companions && AreTooDear(j, reserve))
                    j += 4;
                if (j < _m.Companions && CostsAtLeast(j, reserve) is var cost && cost < _nextEnd && Clusters!.Of(j) == cluster)
                    SeedEnd(j, cost, bound);
            }
        }
        else
            for (var (j, left) = (cluster, Clusters!.SizeOf(cluster)); left > 0; left--, j = Clusters.Next(j))
                if (CostsAtLeast(j, reserve) is var cost && cost < _nextEnd)
                    SeedEnd(j, cost, bound);
    }

    // Of a cluster that is nearly everybody all are looked at as they lie in memory.
    private bool IsMost(int cluster) => Clusters!.SizeOf(cluster) > _m.Companions / 2;

    /// <summary>Most are too dear, and that is seen with little.</summary>
    /// <param name="reserve">The most that a place could cost.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long CostsAtLeast(int companion, long reserve)
    {
        if (!_seating)
            return _m.Price.At[companion] - reserve;
        var weakest = _m.Weakest.At[companion];
        return weakest == Market.Unknown || _m.Filled.At[companion] < _m.Capacity.At[companion] ? 0 : weakest - _m.Price.At[companion];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AreTooDear(int companion, long reserve)
    {
        var prices = Vector256.Load(_m.Price.At + companion);
        if (!_seating)
            return Vector256.GreaterThanOrEqualAll(prices - Vector256.Create(reserve), Vector256.Create(_nextEnd));
        var weakest = Vector256.Load(_m.Weakest.At + companion);
        return Vector256.GreaterThanOrEqualAll(weakest - prices, Vector256.Create(_nextEnd))
            && !Vector256.EqualsAny(weakest, Vector256.Create(Market.Unknown))
            && Vector128.GreaterThanOrEqualAll(Vector128.Load(_m.Filled.At + companion), Vector128.Load(_m.Capacity.At + companion));
    }

    private void SeedEnd(int companion, long atLeast, long bound)
    {
        if (atLeast >= bound)
            _nextEnd = atLeast;
        else if (_m.Capacity.At[companion] == 0)
            return;
        else if (_seating)
            SeedVacating(companion, bound);
        else
            SeedLowering(companion, bound);
    }

    // A free place, or the one who would lose least by staying without.
    private void SeedVacating(int companion, long bound)
    {
        var filled = _m.Filled.At[companion];
        var (cost, end) = (filled > 0 ? LeastGain(companion) : long.MaxValue, Leaves);
        if (filled < _m.Capacity.At[companion] && Math.Max(0, _m.Reserve(companion, filled) - _m.Price.At[companion]) is var free && free <= cost)
            (cost, end) = (free, Root);
        Seed(_m.Back.At + companion, _back, companion, cost, bound, end, _m.There.At + companion);
    }

    // Somebody leaves, and the price goes back to what that place costs. Where there is nobody it may be lower already.
    private void SeedLowering(int companion, long bound)
    {
        var cost = Math.Max(0, _m.Price.At[companion] - _m.Reserve(companion, Math.Max(0, _m.Filled.At[companion] - 1)));
        Seed(_m.There.At + companion, _there, companion, cost, bound, Root, _m.Back.At + companion);
    }

    private void Seed(Label* label, Queue queue, int companion, long cost, long bound, int parent, Label* opposite)
    {
        // reached already, or an end that it began from
        if (label->Stamp == _now && label->Distance <= cost)
            return;
        if (cost >= bound)
        {
            _nextEnd = Math.Min(_nextEnd, cost);
            return;
        }
        label->Stamp = _now;
        label->Distance = cost;
        label->Parent = parent;
        queue.Add(cost, companion);
        Meet(companion, cost, opposite);
    }
}
