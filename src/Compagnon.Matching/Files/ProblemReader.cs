namespace Compagnon.Matching;

internal sealed class ProblemReader(Stream stream, long bytes, CancellationToken cancel)
{
    private readonly Lines _lines = new(stream, cancel);
    private int _patients;
    private int _companions;
    private int _edges;
    private int _edgesSeen;

    public Problem Read(Weights? weights)
    {
        var builder = Header();
        var capacity = new bool[_companions];
        var days = new HashSet<int>();
        var classes = new HashSet<int>();
        for (var letter = _lines.Next(); letter != 0; letter = _lines.Next())
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
                    Once(days.Add(waiting), "days");
                    break;
                case (byte)'u':
                    var urgent = Patient();
                    builder.Class(urgent, _lines.Integer(0, Problem.NoClass - 1, "class"));
                    Once(classes.Add(urgent), "class");
                    break;
                default:
                    throw _lines.Bad(FileFault.UnknownLine);
            }
            _lines.EndOfLine();
        }
        if (_edgesSeen != _edges)
            throw _lines.Bad(FileFault.EndsEarly, _edgesSeen, _edges);
        return builder.Build(weights);
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
            throw _lines.Bad(FileFault.Empty);
        if (letter != 'p')
            throw _lines.Bad(FileFault.FirstLine);
        _lines.Word("bmatch");
        _patients = _lines.Integer(0, Problem.MostPeople, "patients");
        _companions = _lines.Integer(0, Problem.MostPeople, "companions");
        _edges = _lines.Integer(0, Array.MaxLength, "edges");
        _lines.EndOfLine();
        // room for what the file can hold, whatever it promises: an edge takes 8 bytes, compressed at least a tenth of one
        return new ProblemBuilder(_patients, _companions, (int)Math.Min(_edges, Math.Max(1024, bytes * 10)));
    }

    private int Patient() => _lines.Integer(1, _patients, "patient") - 1;

    private void Edge(ProblemBuilder builder)
    {
        var patient = Patient();
        var companion = _lines.Integer(1, _companions, "companion") - 1;
        var fit = _lines.Integer(0, Problem.MostFit, "fit");
        if (_edgesSeen++ == _edges)
            throw _lines.Bad(FileFault.OneEdgeMore, _edges);
        builder.Edge(patient, companion, fit);
    }

    private void Capacity(ProblemBuilder builder, bool[] seen)
    {
        var companion = _lines.Integer(1, _companions, "companion") - 1;
        builder.Capacity(companion, _lines.Integer(0, int.MaxValue, "capacity"));
        Once(!seen[companion], "capacity");
        seen[companion] = true;
    }

    private void Once(bool first, string what)
    {
        if (!first)
            throw _lines.Bad(FileFault.GivenBefore, what);
    }
}
