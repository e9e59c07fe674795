namespace Compagnon.Matching;

/// <summary>What kind of market to make up.</summary>
public enum Family
{
    /// <summary>More patients than places, regions and languages apart.</summary>
    Shortage,

    /// <summary>As many places as patients.</summary>
    Tight,

    /// <summary>Twice as many places as patients.</summary>
    Ample,

    /// <summary>Everybody wants the same few.</summary>
    Popular,

    /// <summary>Fits in steps of 100.</summary>
    Ties,

    /// <summary>One region, one language: everything hangs together.</summary>
    OneRegion,

    /// <summary>Some companions speak two languages or take the neighbouring region by telephone.</summary>
    Linked,

    /// <summary>Edges at random, without any structure.</summary>
    Random,
}

/// <summary>Makes up realistic networks; the same seed gives the same network on every machine.</summary>
public sealed class Generator
{
    private const int Regions = 17, Sites = 20, Languages = 5;
    private const int Tries = 4;

    private static readonly int[] _languageShare = [780, 150, 35, 20, 15];

    private readonly Family _family;
    private readonly Xoshiro _random;
    private readonly Dictionary<(int Region, int Language), List<int>[]> _pools = [];
    private readonly int[] _site;
    private readonly int[] _merit;
    private readonly int[] _siteTable;
    private readonly int[] _regionTable;

    private Generator(Family family, int companions, ulong seed)
    {
        _family = family;
        _random = new Xoshiro(seed);
        _site = new int[companions];
        _merit = new int[companions];
        _siteTable = Skewed(Sites, 1.0);
        _regionTable = Skewed(Regions, 0.9);
    }

    /// <param name="edges">Edges a patient, at most.</param>
    public static Problem Make(Family family, int patients, int companions, int edges, ulong seed, CancellationToken cancel = default)
    {
        var generator = new Generator(family, companions, seed);
        var builder = new ProblemBuilder(patients, companions, checked((int)Math.Min(Array.MaxLength, (long)patients * edges)));
        generator.Companions(builder, patients, companions);
        for (var i = 0; i < patients; i++)
        {
            cancel.ThrowIfCancellationRequested();
            generator.Patient(builder, i, companions, edges);
        }
        return builder.Build();
    }

    private void Companions(ProblemBuilder builder, int patients, int companions)
    {
        for (var j = 0; j < companions; j++)
        {
            builder.Capacity(j, 1 + _random.Below(5));
            _site[j] = _siteTable[_random.Below(_siteTable.Length)];
            _merit[j] = _random.Below(300);
            var (region, language) = Place();
            Join(j, region, language);
            if (_family != Family.Linked)
                continue;
            if (_random.Below(4) == 0)
                Join(j, region, _random.Below(Languages));
            if (_random.Below(6) == 0)
                Join(j, (region + 1) % Regions, language);
        }
        if (_family is Family.Tight or Family.Ample)
            Scale(builder, companions, _family == Family.Tight ? patients : 2L * patients);
    }

    // Places are dealt out until there are as many as wanted.
    private void Scale(ProblemBuilder builder, int companions, long places)
    {
        var capacity = new int[companions];
        for (long place = 0; place < places && companions > 0; place++)
            capacity[place < companions ? (int)place : _random.Below(companions)]++;
        for (var j = 0; j < companions; j++)
            builder.Capacity(j, capacity[j]);
    }

    private (int Region, int Language) Place()
    {
        if (_family is Family.OneRegion or Family.Random)
            return (0, 0);
        var draw = _random.Below(1000);
        var language = 0;
        for (; draw >= _languageShare[language]; language++)
            draw -= _languageShare[language];
        return (_regionTable[_random.Below(_regionTable.Length)], language);
    }

    private void Join(int companion, int region, int language)
    {
        if (!_pools.TryGetValue((region, language), out var pools))
        {
            pools = new List<int>[Sites];
            for (var s = 0; s < Sites; s++)
                pools[s] = [];
            _pools.Add((region, language), pools);
        }
        if (pools[_site[companion]].Count == 0 || pools[_site[companion]][^1] != companion)
            pools[_site[companion]].Add(companion);
    }

    private void Patient(ProblemBuilder builder, int patient, int companions, int edges)
    {
        var (region, language) = Place();
        var site = _siteTable[_random.Below(_siteTable.Length)];
        if (companions == 0 || !_pools.TryGetValue((region, language), out var pools))
            return;
        var chosen = new HashSet<int>(edges);
        for (var t = 0; t < edges * Tries && chosen.Count < edges; t++)
        {
            var same = _random.Below(10) < 7;
            var pool = pools[_family == Family.Random ? _random.Below(Sites) : same ? site : _siteTable[_random.Below(_siteTable.Length)]];
            if (pool.Count == 0)
                continue;
            var companion = pool[Pick(pool.Count)];
            if (chosen.Add(companion))
                builder.Edge(patient, companion, Fit(companion, site));
        }
    }

    // The popular stand at the front of their pool: four draws of five fall on the first part of it.
    private int Pick(int count) =>
        _family == Family.Popular && _random.Below(5) > 0 ? _random.Below(Math.Max(1, count / 8)) : _random.Below(count);

    private int Fit(int companion, int site)
    {
        if (_family == Family.Random)
            return _random.Below(Problem.MostFit + 1);
        var fit = (_site[companion] == site ? 450 : 150) + _random.Below(250)
            + (_family == Family.Popular ? _merit[companion] : _merit[companion] / 2 + _random.Below(150));
        fit = Math.Min(fit, Problem.MostFit);
        return _family == Family.Ties ? fit / 100 * 100 : fit;
    }

    /// <summary>A table to draw from in which value k comes in proportion to 1 / (k + 1)^power.</summary>
    private static int[] Skewed(int values, double power)
    {
        var table = new List<int>();
        for (var k = 0; k < values; k++)
            for (var n = (int)(1000 / Math.Pow(k + 1, power)); n >= 0; n--)
                table.Add(k);
        return [.. table];
    }

    /// <summary>xoshiro256**, written out so that a seed means the same in every version of .NET.</summary>
    private sealed class Xoshiro
    {
        private readonly ulong[] _state = new ulong[4];

        public Xoshiro(ulong seed)
        {
            for (var s = 0; s < 4; s++)
            {
                seed += 0x9E3779B97F4A7C15;
                var z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                _state[s] = z ^ (z >> 31);
            }
        }

        public int Below(int bound)
        {
            var s = _state;
            var result = ulong.RotateLeft(s[1] * 5, 7) * 9;
            var t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = ulong.RotateLeft(s[3], 45);
            return (int)(((result >> 32) * (ulong)bound) >> 32);
        }
    }
}
