namespace Compagnon.Matching;

internal sealed class ProblemReader(Stream stream, long bytes, CancellationToken cancel)
{
    private readonly Lines _lines = new(stream, cancel);
    private const int ShortestEdge = 8;

    private int _patients;
    private int _companions;
    private int _edges;
    private int _edgesSeen;
    private readonly List<(int Patient, int Companion, long Line)> _lineOf = [];

    /// <summary>Each edge's line is kept, for a pair that stands there twice: what can't be read again has to be remembered.</summary>
    public bool Remembers { get; init; }

    public Problem Read(Weights? weights)
    {
        var builder = Header();
        var capacity = new bool[_companions];
        bool[] days = [], classes = [];
        for (var letter = NextLine(builder); letter != 0; letter = NextLine(builder))
        {
            switch (letter)
            {
                case (byte)'e':
                    Edge(builder);
                    break;
                case (byte)'n':
                    Capacity(builder, capacity);
                    break;
                case (byte)'w':
                    var waiting = Patient();
                    builder.Days(waiting, _lines.Integer(0, Problem.MostDays, "days"));
                    Once(First(ref days, waiting), "days");
                    break;
                case (byte)'u':
                    var urgent = Patient();
                    builder.Class(urgent, _lines.Integer(0, Problem.NoClass - 1, "class"));
                    Once(First(ref classes, urgent), "class");
                    break;
                case (byte)'p':
                    throw _lines.Bad(FileFault.GivenBefore, "p");
                default:
                    throw _lines.Bad(FileFault.UnknownLine);
            }
            _lines.EndOfLine();
        }
        if (_edgesSeen != _edges)
            throw _lines.Bad(FileFault.EndsEarly, _edgesSeen, _edges);
        try
        {
            return builder.Build(weights);
        }
        catch (RepeatedEdgeException repeated) when (Remembers)
        {
            var twice = _lineOf.Where(e => e.Patient == repeated.Patient && e.Companion == repeated.Companion);
            throw new BadProblemFileException(twice.ElementAt(1).Line, FileFault.PairTwice, []);
        }
    }

    /// <summary>Reads a file that is known to be good again, for the line where a pair stands the second time.</summary>
    public static long LineOfSecond(Stream stream, int patient, int companion)
    {
        var reader = new ProblemReader(stream, 0, CancellationToken.None);
        var lines = reader._lines;
        reader.Header();
        var seen = 0;
        for (var letter = lines.Next(); letter != 0; letter = lines.Next())
        {
            var first = lines.Integer(0, int.MaxValue, "number");
            var second = lines.Integer(0, int.MaxValue, "number");
            if (letter == 'e')
            {
                lines.Integer(0, int.MaxValue, "number");
                if (first == patient + 1 && second == companion + 1 && ++seen == 2)
                    return lines.Number;
            }
            lines.EndOfLine();
        }
        return lines.Number;
    }

    private ProblemBuilder Header()
    {
        var letter = _lines.Next();
        if (letter == 0)
            throw new BadProblemFileException(Math.Max(1, _lines.Number - 1), FileFault.Empty, []);
        if (letter != 'p')
            throw _lines.Bad(FileFault.FirstLine);
        _lines.Word("bmatch");
        _patients = _lines.Integer(0, Problem.MostPeople, "patients");
        _companions = _lines.Integer(0, Problem.MostPeople, "companions");
        _edges = _lines.Integer(0, Array.MaxLength, "edges");
        _lines.EndOfLine();
        // room for what the file can hold, whatever it promises; the builder grows when a compressed one holds more
        return new ProblemBuilder(_patients, _companions, (int)Math.Min(_edges, Math.Max(1024, bytes / ShortestEdge)));
    }

    // Nearly all lines are edges: those are read without detours.
    private byte NextLine(ProblemBuilder builder)
    {
        while (_edgesSeen < _edges && _lines.TryEdge(_patients, _companions, out var patient, out var companion, out var fit))
        {
            _edgesSeen++;
            Add(builder, patient - 1, companion - 1, fit);
        }
        return _lines.Next();
    }

    private int Patient() => _lines.Integer(1, _patients, "patient") - 1;

    private void Edge(ProblemBuilder builder)
    {
        var patient = Patient();
        var companion = _lines.Integer(1, _companions, "companion") - 1;
        var fit = _lines.Integer(0, Problem.MostFit, "fit");
        if (_edgesSeen++ == _edges)
            throw _lines.Bad(FileFault.OneEdgeMore, _edges);
        Add(builder, patient, companion, fit);
    }

    private void Add(ProblemBuilder builder, int patient, int companion, int fit)
    {
        builder.Add(patient, companion, fit);
        if (Remembers)
            _lineOf.Add((patient, companion, _lines.Number));
    }

    private void Capacity(ProblemBuilder builder, bool[] seen)
    {
        var companion = _lines.Integer(1, _companions, "companion") - 1;
        builder.Capacity(companion, _lines.Integer(0, int.MaxValue, "capacity"));
        Once(!seen[companion], "capacity");
        seen[companion] = true;
    }

    private bool First(ref bool[] seen, int patient)
    {
        if (seen.Length == 0)
            seen = new bool[_patients];
        var first = !seen[patient];
        seen[patient] = true;
        return first;
    }

    private void Once(bool first, string what)
    {
        if (!first)
            throw _lines.Bad(FileFault.GivenBefore, what);
    }
}
