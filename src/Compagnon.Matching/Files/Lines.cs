using System.Runtime.CompilerServices;

namespace Compagnon.Matching;

/// <summary>Reads a stream line by line and number by number, strictly, without making a string of anything.</summary>
internal sealed class Lines(Stream stream, CancellationToken cancel)
{
    /// <summary>No line of the format is longer, comments aside.</summary>
    private const int Longest = 256;

    /// <summary>Zeros in front included.</summary>
    private const int MostDigits = 32;

    private readonly byte[] _buffer = new byte[1 << 18];
    private int _at;
    private int _end;
    private bool _ended;

    /// <summary>The line being read, from 1; after the last, one more.</summary>
    public long Number { get; private set; }

    /// <summary>Moves to the next line that isn't empty or a comment and gives its letter; 0 at the end.</summary>
    public byte Next()
    {
        while (true)
        {
            Number++;
            Ahead();
            if (_at == _end)
                return 0;
            var letter = _buffer[_at];
            if (letter is (byte)'\n' or (byte)'\r')
            {
                EndOfLine();
                continue;
            }
            if (letter == 0) // it would pass for the end
                throw Bad(FileFault.UnknownLine);
            _at++;
            if (letter != 'c')
                return letter;
            // a word that begins so is no comment
            if (_at < _end && _buffer[_at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                throw Bad(FileFault.UnknownLine);
            SkipLine();
        }
    }

    /// <summary>
    /// Reads an edge written plainly (<c>e 12 34 567</c> and a line feed) in one go. Whatever else stands there is left as it is,
    /// for <see cref="Next"/> and <see cref="Integer"/> to read or to refuse.
    /// </summary>
    public unsafe bool TryEdge(int patients, int companions, out int patient, out int companion, out int fit)
    {
        patient = companion = fit = 0;
        if (_end - _at < Longest)
            return false;
        fixed (byte* buffer = _buffer)
        {
            var at = buffer + _at;
            if (at[0] != 'e' || at[1] != ' ')
                return false;
            at += 2;
            if (!Number10(ref at, ' ', patients, ref patient) || !Number10(ref at, ' ', companions, ref companion)
                || patient == 0 || companion == 0 || !Number10(ref at, '\n', Problem.MostFit, ref fit))
                return false;
            _at = (int)(at - buffer);
        }
        Number++;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe bool Number10(ref byte* at, char end, int most, ref int number)
    {
        // at most nine digits fit; a longer number is read the other way
        uint value = (uint)(*at - '0'), digit;
        if (value > 9)
            return false;
        var last = at + 8;
        for (at++; (digit = (uint)(*at - '0')) <= 9 && at <= last; at++)
            value = (value * 10) + digit;
        number = (int)value;
        return *at++ == end && value <= (uint)most;
    }

    public void Word(string word)
    {
        Space();
        foreach (var letter in word)
            if (_at == _end || _buffer[_at++] != letter)
                throw Bad(FileFault.WordExpected, word);
    }

    /// <summary>The line's next number, from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Integer(int least, int most, string name)
    {
        Space();
        var buffer = _buffer;
        int at = _at, end = _end;
        long value = 0;
        var start = at;
        while (at < end && (uint)(buffer[at] - '0') <= 9)
        {
            value = (value * 10) + (buffer[at++] - '0');
            if (value > int.MaxValue || at - start > MostDigits)
                throw Bad(FileFault.TooLarge, name);
        }
        _at = at;
        if (at == start || (at < end && buffer[at] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')))
            throw Bad(FileFault.NotWhole, name);
        if (value < least || value > most)
            throw Bad(FileFault.OutOfRange, name, value, least, most);
        return (int)value;
    }

    /// <summary>Nothing but spaces may follow on this line.</summary>
    public void EndOfLine()
    {
        for (var more = true; more; more = _at == _end && Ahead())
            while (_at < _end && _buffer[_at] is (byte)' ' or (byte)'\t' or (byte)'\r')
                _at++;
        if (_at == _end)
            return;
        if (_buffer[_at] != '\n')
            throw Bad(FileFault.NothingMore);
        _at++;
    }

    public BadProblemFileException Bad(FileFault fault, params IReadOnlyList<object> about) => new(Number, fault, about);

    private void Space()
    {
        if (_at == _end || _buffer[_at] is not ((byte)' ' or (byte)'\t'))
            throw Bad(FileFault.ValueMissing);
        for (var more = true; more; more = _at == _end && Ahead())
            while (_at < _end && _buffer[_at] is (byte)' ' or (byte)'\t')
                _at++;
        Ahead();
    }

    /// <summary>Makes sure that the rest of a line of any value is there; however many spaces stand before it. Nothing when the stream has ended.</summary>
    private bool Ahead()
    {
        if (_ended || _end - _at >= Longest)
            return false;
        Fill();
        return true;
    }

    private void SkipLine()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _at += found + 1;
                return;
            }
            _at = _end;
            Fill();
            if (_at == _end)
                return;
        }
    }

    private void Fill()
    {
        cancel.ThrowIfCancellationRequested();
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        _end -= _at;
        _at = 0;
        try
        {
            var read = stream.ReadAtLeast(_buffer.AsSpan(_end), Longest, throwOnEndOfStream: false);
            _end += read;
            _ended = read < Longest;
        }
        catch (InvalidDataException)
        {
            throw Bad(FileFault.Damaged);
        }
    }
}
