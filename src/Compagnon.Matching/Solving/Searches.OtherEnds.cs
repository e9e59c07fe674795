using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>Where the second side of a long search begins.</summary>
internal sealed unsafe partial class Searches
{
    /// <summary>Everything in the cluster that a search could end with, and what it would cost there.</summary>
    private void SeedOtherSide(int cluster, long bound)
    {
        var reserve = _m.LoadPrices.Length == 0 ? 0 : _m.LoadPrices[^1];
        if (IsMost(cluster))
        {
            for (var j = 0; j < _m.Companions; j++)
                if (MayBeEnd(j, bound, reserve) && Clusters!.Of(j) == cluster)
                    SeedEnd(j, bound);
        }
        else
            for (var (j, left) = (cluster, Clusters!.SizeOf(cluster)); left > 0; left--, j = Clusters.Next(j))
                if (MayBeEnd(j, bound, reserve))
                    SeedEnd(j, bound);
        for (var w = _seating ? 0 : _m.Waiting.At[0]; w > 0; w--)
            if (_m.WaitingNear.At[w] is var near and >= 0 && Clusters!.Of(near) == cluster)
                Reach(_m.Waiting.At[w], _m.Patient[_m.Waiting.At[w]].Gain - _m.Patient[_m.Waiting.At[w]].Base, bound);
    }

    // Of a cluster that is nearly everybody all are looked at as they lie in memory.
    private bool IsMost(int cluster) => Clusters!.SizeOf(cluster) > _m.Companions / 2;

    /// <summary>Most could be none, and that is seen with little.</summary>
    /// <param name="reserve">The most that a place could cost.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayBeEnd(int companion, long bound, long reserve)
    {
        if (!_seating)
            return _m.Price.At[companion] < bound + reserve;
        var weakest = _m.Weakest.At[companion];
        return weakest == Market.Unknown || weakest - _m.Price.At[companion] < bound || _m.Filled.At[companion] < _m.Capacity.At[companion];
    }

    private void SeedEnd(int companion, long bound)
    {
        if (_m.Capacity.At[companion] == 0)
            return;
        if (_seating)
            SeedVacating(companion, bound);
        else
            SeedLowering(companion, bound);
    }

    // A free place, or the one who would lose least by staying without.
    private void SeedVacating(int companion, long bound)
    {
        var filled = _m.Filled.At[companion];
        var (cost, end) = (filled > 0 ? LeastGain(companion) : bound, Leaves);
        if (filled < _m.Capacity.At[companion] && Math.Max(0, _m.Reserve(companion, filled) - _m.Price.At[companion]) is var free && free <= cost)
            (cost, end) = (free, Root);
        if (cost < bound)
            Seed(_m.Back.At + companion, _back, companion, cost, end, _m.There.At + companion);
    }

    // Somebody leaves, and the price goes back to what that place costs. Where there is nobody it may be lower already.
    private void SeedLowering(int companion, long bound)
    {
        var cost = Math.Max(0, _m.Price.At[companion] - _m.Reserve(companion, Math.Max(0, _m.Filled.At[companion] - 1)));
        if (cost < bound)
            Seed(_m.There.At + companion, _there, companion, cost, Root, _m.Back.At + companion);
    }

    private void Seed(Label* label, Queue queue, int companion, long cost, int parent, Label* opposite)
    {
        label->Stamp = _now;
        label->Distance = cost;
        label->Parent = parent;
        queue.Add(cost, companion);
        Meet(companion, cost, opposite);
    }
}
