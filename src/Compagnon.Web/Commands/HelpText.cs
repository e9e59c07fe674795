using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Text;

namespace Compagnon.Web.Commands;

/// <summary>--help, wholly in the user's language: the library's own French is half English.</summary>
internal sealed class HelpText : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Say.Output.Write(Of(parseResult.CommandResult.Command));
        return 0;
    }

    public static string NameOf(Command command) => string.Join(' ', Path(command).Select(c => c is RootCommand ? "compagnon" : c.Name));

    private static string Of(Command command)
    {
        var text = new StringBuilder();
        text.AppendLine(command.Description).AppendLine();
        var usage = string.Join(' ', command.Arguments.Select(UsageOf).Prepend(command.Subcommands.Count > 0 ? Say.Text("Help.Command") : "").Where(u => u.Length > 0).Append(Say.Text("Help.WithOptions")));
        text.AppendLine(Say.Text("Help.Usage")).AppendLine($"  {NameOf(command)} {usage}");
        Section(text, "Help.Commands", command.Subcommands.Select(c => (string.Join(' ', c.Arguments.Select(UsageOf).Prepend(c.Name)), c.Description)));
        Section(text, "Help.Arguments", command.Arguments.Select(a => (UsageOf(a), a.Description)));
        Section(text, "Help.Options", OptionsOf(command).Select(o => (o.HelpName is { } value and not "" ? $"{o.Name} {value}" : o.Name, o.Description)));
        return text.ToString();
    }

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(Path(command).SkipLast(1).Reverse().SelectMany(c => c.Options.Where(o => o.Recursive)))
            .Where(o => !o.Hidden && IsOf(command, o)).OrderBy(o => o is HelpOption or VersionOption);

    private static bool IsOf(Command command, Option option) =>
        option == Options.Urls ? command is RootCommand || command.Name is "serve" or "demo"
        : option != Options.Database && option != Options.Keys || !Path(command).Any(c => c.Name == MatchCommand.Name);

    private static void Section(StringBuilder text, string title, IEnumerable<(string Name, string? Meaning)> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0) return;
        text.AppendLine().AppendLine(Say.Text(title));
        var width = all.Max(l => l.Name.Length);
        foreach (var (name, meaning) in all) text.AppendLine($"  {name.PadRight(width)}  {meaning}");
    }

    private static string UsageOf(Argument argument) => argument.Arity switch
    {
        { MaximumNumberOfValues: > 1 } => $"{argument.HelpName ?? argument.Name}…",
        { MinimumNumberOfValues: 0 } => $"[{argument.HelpName ?? argument.Name}]",
        _ => argument.HelpName ?? argument.Name,
    };

    private static IEnumerable<Command> Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Path(parent).Append(command) : [command];
}
