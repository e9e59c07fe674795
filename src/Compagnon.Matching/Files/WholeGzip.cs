using System.IO.Compression;

namespace Compagnon.Matching;

/// <summary>
/// What a compressed file holds, if all of it is there. <see cref="GZipStream"/> checks sums and lengths where it finds them, and ends in silence where the file does.
/// So a further piece follows the file, with a mark in it: only after whole pieces can the mark be read. Of what comes last, more is held back
/// until the end was seen than the piece could swell to when it is mistaken for the missing rest.
/// </summary>
internal sealed class WholeGzip : Stream
{
    private const int Held = 1 << 17;

    // repeats itself, so that it is packed and doesn't stand in the piece as it is
    private readonly byte[] _mark = [.. Enumerable.Repeat(Guid.NewGuid().ToByteArray(), 4).SelectMany(b => b)];
    private readonly byte[] _buffer = new byte[4 * Held];
    private readonly GZipStream _unzipped;
    private int _at;
    private int _end;
    private bool _ended;

    public WholeGzip(params IReadOnlyList<Stream> file)
    {
        var piece = new MemoryStream();
        using (var zip = new GZipStream(piece, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(_mark);
        piece.Position = 0;
        _unzipped = new GZipStream(new Joined([.. file, piece]), CompressionMode.Decompress);
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">Damaged, or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!_ended && _end - _at <= Held)
            Fill();
        var count = Math.Min(buffer.Length, _end - _at - (_ended ? 0 : Held));
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unzipped.Dispose();
        base.Dispose(disposing);
    }

    private void Fill()
    {
        _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
        (_at, _end) = (0, _end - _at);
        while (_end <= Held && !_ended)
        {
            var read = _unzipped.Read(_buffer.AsSpan(_end));
            _end += read;
            _ended = read == 0;
        }
        if (!_ended)
            return;
        if (!_buffer.AsSpan(_at, _end - _at).EndsWith(_mark))
            throw new InvalidDataException("the compressed file was cut short");
        _end -= _mark.Length;
    }
}
