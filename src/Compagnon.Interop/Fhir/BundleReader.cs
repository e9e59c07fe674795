using System.Buffers;
using System.Text;

namespace Compagnon.Interop.Fhir;

/// <summary>
/// Reads a whole FHIR R4 bundle from outside: transaction, collection, searchset, document, … with one person or several.
/// Strict on the resources it looks into, blind to the others. Never throws for what a file contains; cancelling throws.
/// </summary>
/// <param name="clock">Says what is past, running and planned.</param>
public sealed class BundleReader(TimeProvider clock)
{
    /// <summary>50 MB, counted as 50 × 1024 × 1024 bytes.</summary>
    public const long MaximumBytes = 50L * 1024 * 1024;
    private const int FirstBuffer = 64 * 1024;

    /// <summary>
    /// One result for each person in the bundle, in the bundle's order; one <see cref="Skipped"/> when it holds none.
    /// A <see cref="Refused"/> is always alone: nothing of such a file may be stored. Never empty.
    /// The stream is read from where it stands and left open.
    /// </summary>
    public async Task<IReadOnlyList<ReadResult>> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        var content = new BundleContent(today);
        // history bundles give their type before their entries in practice; when they don't, only the order of versions is lost
        BundleScanner? scanner = null;
        scanner = new((json, index) => content.AddEntry(Element.Root(json, $"Bundle.entry[{index}]"), scanner!.Type is "history"));
        try
        {
            if (stream.CanSeek && stream.Length - stream.Position > MaximumBytes) return [new Refused(RefusalReason.TooLarge)];
            await ScanAsync(stream, scanner, cancellationToken);
            Check(scanner);
        }
        catch (UnusableException e)
        {
            return [e.Refused];
        }
        catch (InvalidFhirException e)
        {
            return [scanner.ResourceType is null or "Bundle" ? new Refused(RefusalReason.Invalid) { Element = e.Element } : new Refused(RefusalReason.NotABundle)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new Refused(RefusalReason.Unreadable)];
        }
        return People.Judge(content, today);
    }

    private static void Check(BundleScanner scanner)
    {
        if (!scanner.IsComplete) throw new UnusableException(RefusalReason.Truncated);
        if (scanner.ResourceType is not "Bundle") throw new UnusableException(RefusalReason.NotABundle);
        if (scanner.Type is null) throw new InvalidFhirException("Bundle.type", ElementProblem.Missing);
        if (!BundleType.IsAllowed(scanner.Type)) throw new InvalidFhirException("Bundle.type", ElementProblem.UnknownCode);
    }

    private static async Task ScanAsync(Stream stream, BundleScanner scanner, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var decoder = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
            var (filled, total, isStart) = (0, 0L, true);
            while (true)
            {
                // full before the next try: an entry of many buffers is looked at again only each time the buffer has doubled
                var read = await stream.ReadAtLeastAsync(buffer.AsMemory(filled), buffer.Length - filled, throwOnEndOfStream: false, cancellationToken);
                total += read;
                if (total > MaximumBytes) throw new UnusableException(RefusalReason.TooLarge);
                if (total == 0) throw new UnusableException(RefusalReason.Empty);
                var isEnd = filled + read < buffer.Length;
                if (isStart) Start(buffer.AsSpan(0, read));
                var skip = isStart && buffer.AsSpan(0, read).StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
                isStart = false;
                Check(decoder, buffer.AsSpan(filled, read));
                filled += read;
                var done = skip + scanner.Advance(buffer.AsMemory(skip, filled - skip));
                if (isEnd) return;
                filled -= done;
                if (done > 0) buffer.AsSpan(done, filled).CopyTo(buffer);
                else buffer = Grown(buffer, filled);
            }
        }
        finally
        {
            // it held a person's record
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static byte[] Grown(byte[] buffer, int filled)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    /// <summary>UTF-16 and UTF-32 begin with a mark, or have zero bytes between their letters.</summary>
    private static void Start(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes[..Math.Min(4, bytes.Length)].Contains((byte)0))
            throw new UnusableException(RefusalReason.NotUtf8);
        var text = bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        if (text.IndexOfAnyExcept(" \t\r\n"u8) < 0 && bytes.Length < FirstBuffer) throw new UnusableException(RefusalReason.Empty);
    }

    /// <summary>A letter cut in two at the end is left to the scanner, which finds the file cut.</summary>
    private static void Check(Decoder decoder, ReadOnlySpan<byte> bytes)
    {
        Span<char> letters = stackalloc char[1024];
        try
        {
            while (!bytes.IsEmpty)
            {
                decoder.Convert(bytes, letters, flush: false, out var used, out _, out _);
                bytes = bytes[used..];
            }
        }
        catch (DecoderFallbackException)
        {
            throw new UnusableException(RefusalReason.NotUtf8);
        }
    }
}
