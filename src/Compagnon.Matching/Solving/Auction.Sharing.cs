using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Who works on what. What is done at once, bids or offers, is worked out from what was known before any of it, then put down: patient by patient,
/// companion by companion. Nothing in one of these steps depends on another, and all comes in the same order, so any number of threads makes the same of it.
/// </summary>
internal sealed unsafe partial class Auction
{
    /// <summary>
    /// Patients and companions are cut into so many stripes, and some from each are taken at once: who lie side by side want the same.
    /// A stripe is as a rule the same thread's. How many there are decides what comes out, so it is not the number of threads.
    /// </summary>
    private const int MostStripes = 8;

    /// <summary>Memory is asked for so many bids, or moves, before it is needed.</summary>
    private const int Ahead = 12;

    // As many stripes as that, or one where bids are made one after the other; and by what a patient's number is multiplied to find its stripe.
    private int _stripes;
    private ulong _stripe;

    // How many threads share the companions now, each a range of sixty-fours; and by what a sixty-four is multiplied to find whose it is.
    private int _sharers;
    private ulong _share;
    private long _shared;

    private void ShareAmong(int threads)
    {
        _sharers = threads;
        _share = ((ulong)threads << 32) / (ulong)_dearWords;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SharerOf(uint companion, ulong share) => (int)(((companion >> 6) * share) >> 32);

    private void Cut(int stripes)
    {
        _stripes = stripes;
        _stripe = ((ulong)_stripes << 32) / (ulong)_m.Patients;
        for (var stripe = 0; stripe < _stripes; stripe++)
        {
            _sorted[stripe] ??= new long[Many];
            for (var to = 0; to < _stripes; to++)
                _offersAtOnce[(stripe * MostStripes) + to] ??= new Pile();
            for (var s = 0; s < (stripes == 1 ? 1 : team.Size); s++)
                _moves[(s * MostStripes) + stripe] ??= new Pile();
        }
    }

    /// <summary>Whether a thread's own share of all stripes begins with this one.</summary>
    private bool BeginsShare(int stripe)
    {
        for (var t = 0; t < team.Size; t++)
            if (Team.Cut(_stripes, t, team.Size) == stripe)
                return true;
        return false;
    }

    /// <summary>What another thread has written since is in its cache; asked for from beginning to end it comes over faster than when it is wanted here and there.</summary>
    private static void AskFor(int* at, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (var end = at + count; at < end; at += 16)
            Sse.Prefetch0(at);
    }

    private int StripeOf(uint patient) => (int)((patient * _stripe) >> 32);

    // The first whose bit is set, of the sixty-four of a word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int First(int w, ulong bits) => (w << 6) + BitOperations.TrailingZeroCount(bits);
}
