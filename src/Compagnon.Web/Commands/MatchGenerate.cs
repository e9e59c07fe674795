using System.CommandLine;
using System.Globalization;
using Compagnon.Matching;

namespace Compagnon.Web.Commands;

/// <summary>match generate [FILE]: a made-up network, the same for the same seed on every machine.</summary>
internal static class MatchGenerate
{
    private const string Usual = "shortage";

    /// <summary>Words of the command line; the help says what each is.</summary>
    private static readonly Dictionary<string, Family> Families = new(StringComparer.Ordinal)
    {
        [Usual] = Family.Shortage, ["tight"] = Family.Tight, ["ample"] = Family.Ample, ["popular"] = Family.Popular, ["ties"] = Family.Ties,
        ["one-region"] = Family.OneRegion, ["linked"] = Family.Linked, ["random"] = Family.Random,
    };

    public static Command Make()
    {
        var file = new Argument<string?>("file") { HelpName = Say.Text("Value.File"), Description = Say.Text("Match.Generate.File"), Arity = ArgumentArity.ZeroOrOne };
        var family = Optional("--family", Say.Text("Match.Generate.Family", string.Join(", ", Families.Keys)), Say.Text("Value.Name"));
        var patients = Optional("--patients", Say.Text("Match.Generate.Patients"), "N");
        var companions = Optional("--companions", Say.Text("Match.Generate.Companions"), "N");
        var edges = Optional("--edges", Say.Text("Match.Generate.Edges"), "N");
        var seed = Optional("--seed", Say.Text("Match.Generate.Seed"), "N");
        var generate = new Command("generate", Say.Text("Match.Generate")) { Arguments = { file }, Options = { family, patients, companions, edges, seed } };
        generate.SetAction((parsed, stop) =>
        {
            int Number(Option<string?> option, int usual, int most) => parsed.GetValue(option) is { } typed ? MatchCommand.Whole(option.Name, typed, 0, most) : usual;
            var name = parsed.GetValue(family) ?? Usual;
            if (!Families.TryGetValue(name, out var kind)) throw new WrongUse("Match.Generate.NoFamily", name, string.Join(", ", Families.Keys));
            var people = Number(patients, 1000, Problem.MostPeople);
            var others = Number(companions, (people + 4) / 5, Problem.MostPeople);
            var each = Number(edges, 20, 1000);
            var start = SeedOf(parsed.GetValue(seed));
            return MatchCommand.InterruptibleAsync(cancel => Write(parsed.GetValue(file), Generator.Make(kind, people, others, each, start, cancel), cancel), stop);
        });
        return generate;
    }

    private static Option<string?> Optional(string name, string description, string value) => new(name) { Description = description, HelpName = value };

    private static ulong SeedOf(string? typed) => typed is null ? 1
        : ulong.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : throw new WrongUse("Match.Whole", "--seed", typed, 0, ulong.MaxValue);

    /// <summary>Under another name until it is whole: what was there before stays when this is interrupted. Then a new file gets its name; what exists is written into, be it a link, a pipe or a device, and keeps its rights.</summary>
    private static int Write(string? file, Problem problem, CancellationToken cancel)
    {
        if (file is null)
        {
            using var output = Console.OpenStandardOutput();
            ProblemFile.Write(problem, output, cancel);
            return 0;
        }
        if (string.IsNullOrWhiteSpace(file)) throw new WrongUse("Fault.FileMissing", file);
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && !Directory.Exists(folder)) throw new WrongUse("Fault.FileMissing", folder);
        if (Directory.Exists(file)) throw new WrongUse("Match.Folder", file);
        // the ending stays: .gz is compressed by its name
        var part = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, $".{Path.GetRandomFileName()}-{Path.GetFileName(file)}");
        try
        {
            ProblemFile.Write(problem, part, cancel);
            if (Path.Exists(file)) Into(file, part);
            else File.Move(part, file);
        }
        finally
        {
            File.Delete(part);
        }
        Say.Line("Match.Generated", file, problem.Patients, problem.Companions, problem.Edges);
        return 0;
    }

    private static void Into(string file, string whole)
    {
        using var from = File.OpenRead(whole);
        using var to = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None);
        from.CopyTo(to);
    }
}
