using System.CommandLine;
using System.CommandLine.Help;

namespace Compagnon.Web.Commands;

/// <summary>The one program: reads the command line, runs the command, turns whatever goes wrong into a sentence and an exit code (0 done, 2 wrong use or input, 1 fault).</summary>
public static class CommandLine
{
    /// <summary>As the program runs it, but with its output and its errors written there.</summary>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        Say.To(output, errors);
        return RunAsync(args);
    }

    public static async Task<int> RunAsync(string[] args)
    {
        // --Compagnon:Smtp:Host=… is a setting, not an option: the host reads it from the same arguments
        string[] words = [.. args.Where(a => !IsSetting(a))];
        Say.Use(Say.LanguageOf(words, Environment.GetEnvironmentVariable));
        var parsed = Root(args).Parse(words);
        if (parsed.Action is not (HelpText or VersionOptionAction) && Mistakes.Of(parsed) is { Count: > 0 } mistakes)
        {
            foreach (var mistake in mistakes) Say.Error(mistake);
            Say.Error(Say.Text("Mistake.Help", HelpText.NameOf(parsed.CommandResult.Command)));
            return 2;
        }
        // without the null, SIGTERM would kill running requests after two seconds
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return await Faults.GuardAsync(() => parsed.InvokeAsync(configuration), args);
    }

    private static bool IsSetting(string arg) => arg.StartsWith("--", StringComparison.Ordinal) && arg.Split('=', 2)[0].Contains(':', StringComparison.Ordinal);

    private static RootCommand Root(string[] args)
    {
        var root = new RootCommand(Say.Text("Root"));
        Options.AddTo(root);
        root.SetAction((parsed, stop) => ServeCommand.WithoutCommandAsync(new Setting(parsed, args), stop));
        root.Subcommands.Add(ServeCommand.Serve(args));
        root.Subcommands.Add(ServeCommand.Demo(args));
        root.Subcommands.Add(AdminCommand.Make(args));
        root.Subcommands.Add(ImportCommand.Make(args));
        root.Subcommands.Add(BackupCommands.Backup(args));
        root.Subcommands.Add(BackupCommands.Restore(args));
        root.Subcommands.Add(AuditCommand.Make(args));
        root.Subcommands.Add(MatchCommand.Make());
        root.Options.OfType<HelpOption>().Single().Action = new HelpText();
        root.Options.OfType<HelpOption>().Single().Description = Say.Text("Option.Help");
        root.Options.OfType<VersionOption>().Single().Action = new VersionOptionAction();
        root.Options.OfType<VersionOption>().Single().Description = Say.Text("Option.Version");
        return root;
    }

    private sealed class VersionOptionAction : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            Say.Output.WriteLine(typeof(CommandLine).Assembly.GetName().Version!.ToString(3));
            return 0;
        }
    }
}
