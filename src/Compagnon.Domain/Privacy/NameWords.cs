using Compagnon.Domain.Programme;

namespace Compagnon.Domain.Privacy;

/// <summary>A name as somebody looks for it: beginnings of its words, in any order, whatever the case and the accents. « roy g » is Ghislaine Roy, « annemarie » is Anne-Marie.</summary>
public sealed class NameWords(string wanted)
{
    private readonly string[] words = WordsOf(wanted);
    private readonly string together = string.Concat(WordsOf(wanted));

    public bool Fit(string name)
    {
        if (words.Length == 0) return false;
        var of = WordsOf(name);
        return words.All(w => of.Any(n => n.StartsWith(w, StringComparison.Ordinal)))
            || Enumerable.Range(0, of.Length).Any(i => string.Concat(of[i..]).StartsWith(together, StringComparison.Ordinal));
    }

    private static string[] WordsOf(string text) => Folding.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
