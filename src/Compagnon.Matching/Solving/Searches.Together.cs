using System.Runtime.Intrinsics.X86;

namespace Compagnon.Matching;

/// <summary>
/// Companions are settled several at a time, all equally far, so that the memory which one needs is asked for while another is looked at:
/// rows, columns and places lie anywhere, and a search would wait for them longer than it reads them.
/// </summary>
internal sealed unsafe partial class Searches
{
    private readonly int[] _equallyFar = new int[8];

    /// <summary>The nearest of a side go to <see cref="_equallyFar"/>.</summary>
    /// <returns>How many they are: 0 where there is nobody, -1 where there is nobody nearer than the limit.</returns>
    private int Take(Queue queue, long limit, out long distance)
    {
        var count = queue.Take(_equallyFar, limit, out distance);
        if (count <= 0)
            return count;
        if (_near)
        {
            foreach (var companion in _equallyFar.AsSpan(0, count))
                _pairs!.Ask(companion, back: queue == _back);
            return count;
        }
        if (queue == _back)
        {
            // as much of a column as a processor needs to see that it is read onwards
            foreach (var companion in _equallyFar.AsSpan(0, count))
                Ask(_m.Column.At + _m.ColumnStart.At[companion], lines: 3);
            return count;
        }
        foreach (var companion in _equallyFar.AsSpan(0, count))
            Ask(_m.Places.At + _m.PlaceStart.At[companion], lines: 1);
        foreach (var companion in _equallyFar.AsSpan(0, count))
        {
            var places = _m.Places.At + _m.PlaceStart.At[companion];
            for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
                Ask(&_m.Patient[places[k]].RowStart, lines: 1);
        }
        AskForRows(_equallyFar[0]);
        return count;
    }

    /// <summary>Settles those who were taken and haven't been reached on a shorter way since they were queued.</summary>
    private void Settle(Queue queue, int count, long distance, bool byOther, long bound)
    {
        var back = queue == _back;
        var labels = back ? _m.Back.At : _m.There.At;
        for (var k = 0; k < count && distance < _best; k++)
        {
            var companion = _equallyFar[k];
            if (!back && !_near && k + 1 < count)
                AskForRows(_equallyFar[k + 1]);
            if (distance > labels[companion].Distance)
                continue;
            if (byOther)
                Remember(ref _settledByOther, ref _settledByOtherCount, companion);
            else
                Remember(ref _settled, ref _settledCount, companion);
            LookFrom(companion, back, Math.Min(bound, _best));
        }
    }

    private void LookFrom(int companion, bool back, long bound)
    {
        if (back)
            Call(companion, _m.Back.At[companion].Distance, bound);
        else
            LeadOn(companion, _m.There.At[companion].Distance, bound);
    }

    private void Remember(ref int[] settled, ref int count, int companion)
    {
        if (count == settled.Length)
        {
            // each is settled once
            if (count > _m.Companions + 1)
                throw Astray();
            Array.Resize(ref settled, count * 2);
        }
        settled[count++] = companion;
        if ((++Settled & Patience) == 0)
            Cancel.ThrowIfCancellationRequested();
    }

    public void AskForRows(int companion)
    {
        var places = _m.Places.At + _m.PlaceStart.At[companion];
        for (var k = _m.Filled.At[companion] - 1; k >= 0; k--)
            Ask(_m.Row.At + _m.Patient[places[k]].RowStart, lines: 2);
    }

    public static void Ask(void* at, int lines)
    {
        for (var line = 0; Sse.IsSupported && line < lines; line++)
            Sse.Prefetch0((byte*)at + (64 * line));
    }
}
