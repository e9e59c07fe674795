using Compagnon.Matching;

namespace Compagnon.Domain.Tests.Matching;

/// <summary>Small problems of every kind that has ever hurt: ties, shortage, isolated people, huge capacities, classes, extreme weights.</summary>
internal static class EngineSamples
{
    /// <summary>As in large parts, however small the problem and however few bid.</summary>
    public static Tuning AtOnce(Tuning tuning) => tuning with { TogetherFrom = 0, CompanionsTogetherFrom = 0, FewBids = 0, FewOffers = 0 };

    public static Problem Random(int seed, int mostPatients, int mostCompanions)
    {
        var random = new Random(seed);
        int patients = random.Next(mostPatients + 1), companions = random.Next(mostCompanions + 1);
        var density = random.Next(4) switch { 0 => 1.0, 1 => 0.6, 2 => 0.3, _ => 0.15 };
        var builder = new ProblemBuilder(patients, companions);
        var capacities = random.Next(4);
        for (var j = 0; j < companions; j++)
            builder.Capacity(j, capacities switch { 0 => 1, 1 => random.Next(3), 2 => random.Next(1, 6), _ => random.Next(5) == 0 ? int.MaxValue : 1 });
        var fits = random.Next(5);
        foreach (var i in Shuffled(random, patients))
            for (var j = 0; j < companions; j++)
                if (random.NextDouble() < density)
                    builder.Edge(i, j, Fit(random, fits));
        return People(random, builder, patients, companions).Build(SomeWeights(random));
    }

    public static Weights SomeWeights(Random random) => random.Next(4) switch
    {
        0 => new Weights([new WaitStep(1, 10), new WaitStep(14, 50), new WaitStep(30, 400)], [0, 20, 60, 200]),
        1 => new Weights([new WaitStep(0, 0), new WaitStep(20, Weights.MostWorth)], [1, Weights.MostWorth]),
        _ => Weights.None,
    };

    private static ProblemBuilder People(Random random, ProblemBuilder builder, int patients, int companions)
    {
        if (random.Next(2) == 0)
            for (var i = 0; i < patients; i++)
                builder.Days(i, random.Next(60));
        if (random.Next(2) == 0)
            for (var i = 0; i < patients; i++)
                if (random.Next(3) > 0)
                    builder.Class(i, random.Next(2) == 0 ? random.Next(3) : random.Next(Problem.NoClass));
        if (random.Next(3) == 0)
            for (var j = 0; j < companions; j++)
                builder.Load(j, random.Next(4));
        return builder;
    }

    private static int Fit(Random random, int kind) => kind switch
    {
        0 => random.Next(Problem.MostFit + 1),
        1 => 100 * random.Next(11),
        2 => 0,
        3 => random.Next(2) * Problem.MostFit,
        _ => 500 + random.Next(3),
    };

    public static int[] Shuffled(Random random, int count)
    {
        var all = Enumerable.Range(0, count).ToArray();
        random.Shuffle(all);
        return all;
    }

    /// <summary>Patients and companions anywhere in a square, as many places as patients, each with those nearest to them: the nearer, the better.</summary>
    public static Problem Plane(int seed, int patients, int companions, int neighbours, bool classes)
    {
        var random = new Random(seed);
        var at = Enumerable.Range(0, companions).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).ToArray();
        var builder = new ProblemBuilder(patients, companions);
        for (var j = 0; j < companions; j++)
            builder.Capacity(j, patients / companions);
        for (var i = 0; i < patients; i++)
        {
            var (x, y) = (random.NextDouble(), random.NextDouble());
            if (classes && random.Next(3) == 0)
                builder.Class(i, random.Next(2));
            foreach (var (j, far) in at.Select((c, j) => (j, Far: Math.Sqrt(((c.X - x) * (c.X - x)) + ((c.Y - y) * (c.Y - y))))).OrderBy(c => c.Far).Take(neighbours))
                builder.Edge(i, j, Math.Max(0, 1000 - (int)(far * 600 * Math.Sqrt(companions))));
        }
        return builder.Build();
    }

    /// <summary>The same along a line, where many are equally far.</summary>
    public static Problem Line(int seed, int patients, int companions, int neighbours)
    {
        var random = new Random(seed);
        var builder = new ProblemBuilder(patients, companions);
        for (var j = 0; j < companions; j++)
            builder.Capacity(j, patients / companions);
        for (var i = 0; i < patients; i++)
        {
            var at = random.Next(companions);
            var first = Math.Clamp(at - (neighbours / 2), 0, companions - neighbours);
            for (var j = first; j < first + neighbours; j++)
                builder.Edge(i, j, Math.Max(0, 1000 - (Math.Abs(j - at) * 50)));
        }
        return builder.Build();
    }
}
