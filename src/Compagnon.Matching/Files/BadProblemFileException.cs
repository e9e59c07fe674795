using System.Globalization;

namespace Compagnon.Matching;

/// <summary>What is wrong with a file; <see cref="BadProblemFileException.About"/> says the rest.</summary>
public enum FileFault
{
    /// <summary>Nothing but comments.</summary>
    Empty,

    /// <summary>Not <c>p bmatch PATIENTS COMPANIONS EDGES</c>.</summary>
    FirstLine,

    /// <summary>The word that should stand here.</summary>
    WordExpected,
    ValueMissing,
    NothingMore,
    UnknownLine,

    /// <summary>The value's name.</summary>
    NotWhole,

    /// <summary>The value's name: it doesn't fit in 31 bits.</summary>
    TooLarge,

    /// <summary>The value's name, the value, the least and the most allowed.</summary>
    OutOfRange,

    /// <summary>What was given twice: days, class or capacity.</summary>
    GivenBefore,
    PairTwice,

    /// <summary>How many edges there should be.</summary>
    OneEdgeMore,

    /// <summary>How many edges there are, how many there should be.</summary>
    EndsEarly,
    Damaged,
}

/// <summary>Why a file was refused: which line, and what is wrong with it. The message is English; whoever speaks to people has the fault and what it is about.</summary>
public sealed class BadProblemFileException(long line, FileFault fault, IReadOnlyList<object> about)
    : Exception(FormattableString.Invariant($"line {line}: {Say(fault, about)}"))
{
    public long Line { get; } = line;
    public FileFault Fault { get; } = fault;
    public IReadOnlyList<object> About { get; } = about;
    public string Reason { get; } = Say(fault, about);

    private static string Say(FileFault fault, IReadOnlyList<object> about) => string.Format(CultureInfo.InvariantCulture, fault switch
    {
        FileFault.Empty => "the file is empty",
        FileFault.FirstLine => "the first line must be “p bmatch PATIENTS COMPANIONS EDGES”",
        FileFault.WordExpected => "“{0}” is expected here",
        FileFault.ValueMissing => "a space and a further value are expected",
        FileFault.NothingMore => "nothing more is expected on this line",
        FileFault.UnknownLine => "a line begins with c, p, n, e, w or u",
        FileFault.NotWhole => "{0}: a whole number is expected",
        FileFault.TooLarge => "{0}: the number is too large",
        FileFault.OutOfRange => "{0}: {1} is not between {2} and {3}",
        FileFault.GivenBefore => "{0}: given before",
        FileFault.PairTwice => "this patient and companion were given before",
        FileFault.OneEdgeMore => "one edge more than the first line's {0}",
        FileFault.EndsEarly => "the file ends after {0} edges; its first line promises {1}",
        FileFault.Damaged => "the compressed file is damaged from here on",
    }, [.. about]);
}
