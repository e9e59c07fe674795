using System.CommandLine;
using System.CommandLine.Parsing;

namespace Compagnon.Web.Commands;

/// <summary>What is wrong with a command line, in the user's language: the library's own French is half English.</summary>
internal static class Mistakes
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        string[] unknown = [.. UnknownLanguages(parsed)];
        if (parsed.Errors.Count == 0) return unknown;
        var mistakes = unknown.Concat(parsed.UnmatchedTokens.Select(t => Say.Text("Mistake.NotUnderstood", t))).ToList();
        for (SymbolResult? at = parsed.CommandResult; at is not null; at = at.Parent)
            if (at is CommandResult command) mistakes.AddRange(command.Children.SelectMany(OfPart));
        if (mistakes.Count == 0 && parsed.CommandResult.Command.Subcommands.Count > 0) mistakes.Add(Say.Text("Mistake.Which", HelpText.NameOf(parsed.CommandResult.Command)));
        mistakes.AddRange(Missing(parsed.CommandResult));
        return mistakes.Count > 0 ? mistakes : [Say.Text("Mistake.Other")];
    }

    private static IEnumerable<string> UnknownLanguages(ParseResult parsed) =>
        (parsed.GetResult(Options.Language)?.Tokens ?? []).Where(t => !Say.IsLanguage(t.Value)).Select(t => Say.Text("Mistake.Language", t.Value));

    private static IEnumerable<string> OfPart(SymbolResult part) => part switch
    {
        OptionResult { Implicit: false } option when option.Tokens.Count < option.Option.Arity.MinimumNumberOfValues => [Say.Text("Mistake.NoValue", option.Option.Name)],
        OptionResult { Implicit: false } option when option.Tokens.Count > option.Option.Arity.MaximumNumberOfValues => [Say.Text("Mistake.Twice", option.Option.Name)],
        _ => [],
    };

    private static IEnumerable<string> Missing(CommandResult command) =>
        command.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > (command.GetResult(a)?.Tokens.Count ?? 0)).Select(a => Say.Text("Mistake.Missing", a.HelpName ?? a.Name))
            .Concat(command.Command.Options.Where(o => o.Required && command.GetResult(o) is null or { Implicit: true }).Where(o => o.Required).Select(o => Say.Text("Mistake.Missing", o.Name)));
}
