using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Compagnon.Web.Commands;

/// <summary>match solve, match generate: the engine by itself. No database, no host: what is imported here is what the first solve of a process waits for.</summary>
internal static class MatchCommand
{
    public const string Name = "match";

    private const int MostThreads = 256;

    /// <summary>Far longer than the work takes to end by itself when it is told to.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Make() => new(Name, Say.Text("Match")) { Subcommands = { Solve(), MatchGenerate.Make() } };

    /// <summary>Ctrl+C and SIGTERM end the work, not the process: half a file is taken away, half a plan is never printed.</summary>
    public static async Task<int> InterruptibleAsync(Func<CancellationToken, int> work, CancellationToken stop)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        void End(PosixSignalContext context)
        {
            context.Cancel = true;
            source.Cancel();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        // the thread that waits is free for the signal
        var working = Task.Run(() => work(source.Token), CancellationToken.None);
        var ended = new TaskCompletionSource();
        await using var told = source.Token.Register(() => ended.TrySetResult());
        // whoever waits for a pipe hears nothing: after a while it is left alone, and ends with the process
        if (await Task.WhenAny(working, ended.Task) == ended.Task && await Task.WhenAny(working, Task.Delay(Patience, CancellationToken.None)) != working)
            throw new OperationCanceledException(source.Token);
        return await working;
    }

    private static Command Solve()
    {
        var file = new Argument<string>("file") { HelpName = Say.Text("Value.File"), Description = Say.Text("Match.File") };
        var json = new Option<bool>("--json") { Description = Say.Text("Match.Json") };
        var threads = new Option<string?>("--threads") { Description = Say.Text("Match.Threads"), HelpName = "N" };
        var solve = new Command("solve", Say.Text("Match.Solve")) { Arguments = { file }, Options = { json, threads } };
        solve.SetAction((parsed, stop) =>
        {
            var most = parsed.GetValue(threads) is { } typed ? Whole("--threads", typed, 1, MostThreads) : 0;
            return InterruptibleAsync(cancel => MatchSolve.Run(parsed.GetRequiredValue(file), most, parsed.GetValue(json), cancel), stop);
        });
        return solve;
    }

    /// <exception cref="WrongUse">Not a whole number from least to most.</exception>
    public static int Whole(string option, string typed, int least, int most) =>
        int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value : throw new WrongUse("Match.Whole", option, typed, least, most);
}
